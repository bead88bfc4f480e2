import { randomFillSync } from 'node:crypto';

/** Random bytes of one id: 56 characters of base64, as many as CloudFront's have. */
const ID_BYTES = 42;

/** Number of ids whose random bytes are fetched together. */
const STOCK = 100;

/** Random ids of requests, as `x-edge-request-id` of an access log names them. */
export class RequestIds {
  private readonly stock = Buffer.alloc(STOCK * ID_BYTES);
  private position = this.stock.length;

  next(): string {
    if (this.position === this.stock.length) {
      randomFillSync(this.stock);
      this.position = 0;
    }
    const from = this.position;
    this.position += ID_BYTES;
    return this.stock.toString('base64', from, this.position);
  }
}
