import { z } from 'zod';
import { explain, stringThat } from './field';
import { pulledSource, WEB } from './inputs/options/sources';
import { rule } from './rule';

const SEE =
  'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-medialive-channel-inputlossbehavior.html';

const slate = pulledSource(WEB, {
  what: 'The image, a PNG or BMP file, as an `https://`, `http://` or `s3ssl://bucket/key` URL. The role of the channel may read it from its bucket.',
}).check(
  rule(({ url }, problem) => {
    if (url !== undefined && !/\.(png|bmp)$/i.test(url.replace(/[?#].*$/s, ''))) {
      problem(['url'], 'MediaLive takes a slate as a PNG or BMP file; the path of the URL must end in .png or .bmp');
    }
  }),
);

const goesOn = z.strictObject({
  colour: stringThat(
    (colour) => /^[0-9A-Fa-f]{6}$/.test(colour),
    'a colour of six hexadecimal digits such as 1A1A40',
  ).optional(),
  slate: slate.optional(),
});

explain(goesOn.shape, {
  colour: { what: 'A colour: red, green and blue as two hexadecimal digits each, `1A1A40`.', see: SEE },
  slate: { what: 'An image, best with the aspect ratio of the video.', see: SEE },
});

const exactlyOne = rule<z.infer<typeof goesOn>>((_, problem, { colour, slate }) => {
  const count = [colour, slate].filter((value) => value !== undefined).length;
  if (count !== 1) problem([], `${count} of colour and slate were given; exactly one is what viewers see`);
});

const inputLoss = z.strictObject({
  repeatSeconds: z.number().min(0).max(900).default(1),
  blackSeconds: z.number().min(0).max(900).default(1),
  afterwards: z.union([z.literal('pause'), goesOn.check(exactlyOne)]).default('pause'),
});

explain(inputLoss.shape, {
  repeatSeconds: {
    what: 'How long the last frame is repeated when the input is lost.',
    unit: 'seconds',
    effect: 'Higher hides short losses, and shows viewers a still image for longer.',
    see: SEE,
  },
  blackSeconds: {
    what: 'How long black is shown after the repeated frame. Then `afterwards` applies.',
    unit: 'seconds',
    effect: 'Higher keeps players connected for longer, on a black screen.',
    see: SEE,
  },
  afterwards: {
    what: 'What follows the black frames: the stream pauses, and the player says that it has stopped; or it goes on with a colour or a slate until the input is back, `{ colour }` or `{ slate }`. It goes on in a bucket only: MediaPackage output groups always pause.',
    effect: 'A stream that goes on keeps players connected, and goes on costing delivery.',
    local: 'The local run always pauses.',
    see: SEE,
  },
});

/** Behaviour on input loss, with its defaults. */
export const inputLossSchema = inputLoss.default({ repeatSeconds: 1, blackSeconds: 1, afterwards: 'pause' });

/** The behaviour on input loss, as described. */
export type InputLoss = z.infer<typeof inputLossSchema>;
