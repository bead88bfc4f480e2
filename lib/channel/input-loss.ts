import { z } from 'zod';
import { field, rule, text } from './field';
import { pulledSource } from './inputs/pull';

const SEE =
  'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-medialive-channel-inputlossbehavior.html';

const slate = pulledSource(
  ['https', 'http', 's3ssl'],
  'The picture, a PNG or BMP file, as an `https://`, `http://` or `s3ssl://bucket/key` URL. The role of the channel may read it from its bucket.',
).check(
  rule('object', ({ url }) =>
    typeof url === 'string' && !/\.(png|bmp)$/i.test(url.replace(/[?#].*$/s, ''))
      ? [
          {
            path: ['url'],
            message: 'MediaLive takes a slate as a PNG or BMP file; the path of the URL must end in .png or .bmp',
          },
        ]
      : [],
  ),
);

const goesOn = z
  .strictObject({
    colour: field(
      text((colour) => /^[0-9A-Fa-f]{6}$/.test(colour), 'a colour of six hexadecimal digits such as 1A1A40').optional(),
      { what: 'A colour: red, green and blue as two hexadecimal digits each, `1A1A40`.', see: SEE },
    ),
    slate: field(slate.optional(), {
      what: 'A picture: best of the shape of the video.',
      see: SEE,
    }),
  })
  .check(
    rule('object', ({ colour, slate }) => {
      const given = [colour, slate].filter((value) => value !== undefined).length;
      return given === 1
        ? []
        : [{ path: [], message: `${given} of colour and slate were given; exactly one is what viewers see` }];
    }),
  );

/** How a lost input is bridged, and what comes after. */
export const inputLossSchema = z
  .strictObject({
    repeatSeconds: field(z.number().min(0).max(900).default(1), {
      what: 'For how long the last picture is repeated when the input is lost.',
      unit: 'seconds',
      effect: 'Higher hides short losses, and shows a still picture to viewers for longer.',
      see: SEE,
    }),
    blackSeconds: field(z.number().min(0).max(900).default(1), {
      what: 'For how long black is shown after that. Then comes what `afterwards` says.',
      unit: 'seconds',
      effect: 'Higher keeps players connected for longer without a picture.',
      see: SEE,
    }),
    afterwards: field(z.union([z.literal('pause'), goesOn]).default('pause'), {
      what: 'What comes after that: the stream pauses, and the player says that it has stopped; or it goes on with a colour or a slate until the input is back, `{ colour }` or `{ slate }`. It goes on in a bucket only: MediaPackage output groups always pause.',
      effect: 'A stream that goes on keeps players connected, and goes on costing delivery.',
      local: 'The local run always pauses.',
      see: SEE,
    }),
  })
  .default({ repeatSeconds: 1, blackSeconds: 1, afterwards: 'pause' });

/** What happens when the input is lost, as described. */
export type InputLoss = z.infer<typeof inputLossSchema>;
