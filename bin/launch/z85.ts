/** The digits of Z85. The function that reads them has the same. */
const DIGITS = '0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ.-:+=^!/*?&<>()[]{}@%$#';

/** Encodes bytes in Z85, padded with zeros to groups of four. The packed data knows its own length. */
export function toZ85(bytes: Buffer): string {
  const whole = Buffer.concat([bytes, Buffer.alloc((4 - (bytes.length % 4)) % 4)]);
  let text = '';
  for (let index = 0; index < whole.length; index += 4) {
    let value = whole.readUInt32BE(index);
    let group = '';
    for (let digit = 0; digit < 5; digit++) {
      group = DIGITS.charAt(value % 85) + group;
      value = Math.floor(value / 85);
    }
    text += group;
  }
  return text;
}
