/** A client that does not speak RTMP as a publisher does, in words. */
export class RtmpError extends Error {}
