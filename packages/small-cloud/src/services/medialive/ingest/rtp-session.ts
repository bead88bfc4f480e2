/** Payload type of a transport stream. @see https://www.rfc-editor.org/rfc/rfc3551#section-6 */
const TRANSPORT_STREAM = 33;

/** Options of an input that a session description describes. */
const DESCRIBED = [
  ['-f', 'sdp'],
  // The description is in the URL of the input itself.
  ['-protocol_whitelist', 'data,rtp,udp'],
  // Without a local address ffmpeg would listen on every interface.
  ['-localaddr', '127.0.0.1'],
  // A publisher may come at any time. By default ffmpeg gives up after ten seconds.
  ['-listen_timeout', '-1'],
].flat();

/**
 * Builds the arguments that wait for a transport stream by RTP. Given an address alone, ffmpeg reads the first packet to
 * learn its type, and throws it away: a publisher who has just begun loses the tables and the first keyframe. So it is
 * given the description of the session.
 *
 * @param url - `rtp://127.0.0.1:5000`
 */
export function rtpSession(url: string): readonly string[] {
  const address = 'IN IP4 127.0.0.1';
  const media = `m=video ${new URL(url).port} RTP/AVP ${TRANSPORT_STREAM}`;
  const description = ['v=0', `o=- 0 0 ${address}`, 's=-', `c=${address}`, 't=0 0', media, ''].join('\n');
  return [...DESCRIBED, '-i', `data:application/sdp;base64,${Buffer.from(description).toString('base64')}`];
}
