import { framesPerSecond } from '../channel/frame-rate';
import type { Rendition } from '../channel/rendition';
import { estimate, inputName, outputName, type Pipelines, type Price, type PriceBook } from './price';

/** The factor for a class beyond 10 Mbit/s: the step in the price of HD inputs from 0.234 to 0.294 USD. */
const ABOVE_10_MBPS = 0.294 / 0.234;

/** The factor for more than 30 frames/s, for HEVC and for more than 1080 lines, as in MediaConvert. MediaLive's prices were not found. */
const DOUBLE = 2;

/** An input's price and the name of its class. */
interface InputPrice {
  readonly name: string;
  readonly price: Price;
}

/** Finds the price of an input. It is billed by the class in the channel's input specification, which follows its renditions. */
export function inputPrice(renditions: readonly Rendition[], pipelines: Pipelines, prices: PriceBook): InputPrice {
  const known = prices.input[pipelines];
  const height = Math.max(0, ...renditions.map((rendition) => rendition.height));
  if (height <= 1080) {
    const inputClass = height > 720 ? 20 : 10;
    return { name: `input up to ${inputClass} Mbit/s`, price: known[inputClass] };
  }
  const price = estimate(known[20], {
    what: inputName({ format: 'UHD HEVC', megabits: '20 to 50', pipelines }),
    factor: DOUBLE * DOUBLE * ABOVE_10_MBPS,
    note: 'not found; from HD AVC, twice for UHD, twice for HEVC, and a step of the bitrate',
  });
  return { name: 'input up to 50 Mbit/s', price };
}

/** A property of a rendition that changes the price of its output. */
interface Surcharge {
  readonly applies: boolean;
  readonly factor: number;
  readonly note: string;
  /** Ending of the price's name that tells it from others of the same resolution and codec. */
  readonly suffix?: string;
}

/** The channel that an output belongs to. */
interface Channel {
  readonly frameRate: string;
  readonly pipelines: Pipelines;
}

/** Finds the price of an output, estimated where no price was found for its class. */
export function outputPrice(rendition: Rendition, { frameRate, pipelines }: Channel, prices: PriceBook): Price {
  const { codec, height, bitrate } = rendition;
  const known = prices.output[pipelines][height < 720 ? 'SD' : 'HD'];
  const surcharges: readonly Surcharge[] = [
    {
      applies: framesPerSecond(rendition.frameRate ?? frameRate) > 30,
      factor: DOUBLE,
      note: 'above 30 frames/s not found; twice the price, as MediaConvert asks',
      suffix: 'above 30 frames/s',
    },
    {
      applies: bitrate > 10_000_000,
      factor: ABOVE_10_MBPS,
      note: 'above 10 Mbit/s not found; the step of the input’s price',
      suffix: 'above 10 Mbit/s',
    },
    {
      applies: codec === 'hevc',
      factor: DOUBLE,
      note: 'HEVC not found; twice the price, as MediaConvert asks',
    },
    {
      applies: height > 1080,
      factor: DOUBLE,
      note: 'above 1080 lines not found; twice the price, as MediaConvert asks',
    },
  ];
  const due = surcharges.filter(({ applies }) => applies);
  if (due.length === 0) return known;
  const before = known.basis === 'estimated' && known.note !== undefined ? [known.note] : [];
  const name = outputName({ resolution: resolutionOf(height), codec: codec === 'hevc' ? 'HEVC' : 'AVC', pipelines });
  return estimate(known, {
    what: [name, ...due.flatMap(({ suffix }) => suffix ?? [])].join(', '),
    factor: due.reduce((product, { factor }) => product * factor, 1),
    note: [...before, ...due.map(({ note }) => note)].join('; '),
  });
}

function resolutionOf(height: number): 'SD' | 'HD' | 'UHD' {
  if (height > 1080) return 'UHD';
  return height < 720 ? 'SD' : 'HD';
}
