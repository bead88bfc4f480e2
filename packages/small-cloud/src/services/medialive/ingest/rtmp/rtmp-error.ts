/** A client that does not speak RTMP as a publisher does. */
export class RtmpError extends Error {}
