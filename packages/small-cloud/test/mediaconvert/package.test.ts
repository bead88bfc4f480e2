import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CreateJobCommand, type Output, type OutputGroup } from '@aws-sdk/client-mediaconvert';
import { HeadObjectCommand, ListObjectsV2Command } from '@aws-sdk/client-s3';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { BUCKET, ConvertField, jobOf, makeVideo } from './convert-field';

const folder = mkdtempSync(join(tmpdir(), 'package-test-'));
let field: ConvertField;

beforeAll(async () => {
  await makeVideo(join(folder, 'spot.mp4'));
  await makeVideo(join(folder, 'silent.mp4'), false);
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

beforeEach(async () => {
  field = await ConvertField.open();
  for (const name of ['spot.mp4', 'silent.mp4']) {
    await field.put(`vod/main/R1/${name}`, readFileSync(join(folder, name)));
  }
});

afterEach(() => field.close());

const H264 = {
  RateControlMode: 'QVBR',
  MaxBitrate: 400_000,
  FramerateControl: 'SPECIFIED',
  FramerateNumerator: 30,
  FramerateDenominator: 1,
};

/** A rendition of a clip. */
function rendition(modifier: string, width: number, height: number, settings: object = {}): Output {
  const h264 = { ...H264, ...settings } as typeof H264;
  return {
    NameModifier: modifier,
    ContainerSettings: { Container: 'CMFC' },
    VideoDescription: {
      Width: width,
      Height: height,
      CodecSettings: {
        Codec: 'H_264',
        H264Settings: { ...h264, RateControlMode: 'QVBR', FramerateControl: 'SPECIFIED' },
      },
    },
  };
}

const AUDIO: Output = {
  NameModifier: '-audio',
  ContainerSettings: { Container: 'CMFC' },
  AudioDescriptions: [
    {
      AudioSourceName: 'Audio Selector 1',
      CodecSettings: { Codec: 'AAC', AacSettings: { CodingMode: 'CODING_MODE_2_0', SampleRate: 48_000 } },
    },
  ],
};

function cmaf(outputs: readonly Output[], settings: object = {}): OutputGroup {
  return {
    OutputGroupSettings: {
      Type: 'CMAF_GROUP_SETTINGS',
      CmafGroupSettings: {
        Destination: `s3://${BUCKET}/vod/main/R1/clip/index`,
        WriteDashManifest: 'DISABLED',
        SegmentControl: 'SEGMENTED_FILES',
        SegmentLength: 2,
        FragmentLength: 2,
        ...settings,
      },
    },
    Outputs: [...outputs],
  };
}

const LADDER = [rendition('-v0', 320, 180), rendition('-v1', 160, 90), AUDIO];
const create = async (groups: readonly OutputGroup[], name = 'spot.mp4') =>
  (await field.client.send(new CreateJobCommand(jobOf(field.role, groups, name)))).Job;
const text = (key: string) => readFileSync(field.s3.file(BUCKET, key) ?? '', 'utf8');

describe('a CMAF package of a video', () => {
  test('has a playlist for each rendition, audio of its own, and files with the names of MediaConvert', async () => {
    const job = await field.ended((await create([cmaf(LADDER)]))?.Id ?? '');
    expect(job).toMatchObject({ Status: 'COMPLETE' });
    const { Contents = [] } = await field.bucket.send(
      new ListObjectsV2Command({ Bucket: BUCKET, Prefix: 'vod/main/R1/clip/' }),
    );
    const of = (name: string, extension: string) =>
      ['1', '2', '3'].map((number) => `${name}_00000000${number}.${extension}`);
    expect(Contents.map(({ Key }) => Key?.slice('vod/main/R1/clip/'.length))).toEqual(
      [
        ...['index.m3u8', 'index-v0.m3u8', 'index-v1.m3u8', 'index-audio.m3u8'],
        ...['index-v0init.cmfv', 'index-v1init.cmfv', 'index-audioinit.cmfa'],
        ...of('index-v0', 'cmfv'),
        ...of('index-v1', 'cmfv'),
        ...of('index-audio', 'cmfa'),
      ].toSorted(),
    );
    const main = text('vod/main/R1/clip/index.m3u8');
    expect(main).toMatch(/#EXT-X-MEDIA:TYPE=AUDIO,.*URI="index-audio.m3u8"/);
    expect([...main.matchAll(/RESOLUTION=(\S+?),/g)].map(([, size]) => size)).toEqual(['320x180', '160x90']);
    const audio = text('vod/main/R1/clip/index-audio.m3u8');
    expect(audio).toContain('#EXT-X-MAP:URI="index-audioinit.cmfa"');
    expect(audio).toContain('index-audio_000000001.cmfa');
    // Segments begin at the same times in all renditions.
    const lengths = (name: string) => [...text(`vod/main/R1/clip/index${name}.m3u8`).matchAll(/^#EXTINF:([\d.]+)/gm)];
    expect(lengths('-v0').map(([, length]) => Number(length))).toEqual([2, 2, 1]);
    expect(lengths('-v1').map(([, length]) => Number(length))).toEqual([2, 2, 1]);
    const head = (name: string) =>
      field.bucket.send(new HeadObjectCommand({ Bucket: BUCKET, Key: `vod/main/R1/clip/${name}` }));
    expect(await head('index.m3u8')).toMatchObject({ ContentType: 'application/vnd.apple.mpegurl' });
    expect(await head('index-audio_000000001.cmfa')).toMatchObject({ ContentType: 'audio/mp4' });
  });

  test('is told with its multivariant playlist, and with the pixels of each rendition', async () => {
    const id = (await create([cmaf(LADDER)]))?.Id ?? '';
    const job = await field.ended(id);
    const details = [
      { durationInMs: 5000, videoDetails: { widthInPx: 320, heightInPx: 180 } },
      { durationInMs: 5000, videoDetails: { widthInPx: 160, heightInPx: 90 } },
      { durationInMs: 5000 },
    ];
    expect(job.OutputGroupDetails?.[0]?.OutputDetails).toHaveLength(3);
    expect(field.eventsOf(id).at(-1)).toMatchObject({
      outputGroupDetails: [
        {
          type: 'CMAF_GROUP',
          outputDetails: details,
          playlistFilePaths: [`s3://${BUCKET}/vod/main/R1/clip/index.m3u8`],
        },
      ],
    });
  });

  test('needs audio in a video whose audio it should have', async () => {
    const job = await field.ended((await create([cmaf(LADDER)], 'silent.mp4'))?.Id ?? '');
    expect(job).toMatchObject({ Status: 'ERROR', ErrorCode: 1021 });
  });

  test('is not made of a playlist that calls itself a video', async () => {
    const secret = field.s3.file(BUCKET, 'vod/main/R1/spot.mp4');
    await field.put('vod/main/R1/trick.mp4', `#EXTM3U\n#EXT-X-TARGETDURATION:5\n#EXTINF:5,\nfile://${secret}\n`);
    const job = await field.ended((await create([cmaf(LADDER)], 'trick.mp4'))?.Id ?? '');
    expect(job).toMatchObject({ Status: 'ERROR', ErrorCode: 1020 });
  });
});

describe('MediaConvert refuses a CMAF group', () => {
  test.each<[string, OutputGroup, string]>([
    [
      'of outputs with video and audio in one',
      cmaf([{ ...rendition('-v0', 320, 180), AudioDescriptions: AUDIO.AudioDescriptions }]),
      'an output of a CMAF group has either video, audio or captions',
    ],
    ['of outputs without a modifier', cmaf([rendition('', 320, 180), AUDIO]), 'nameModifier: is required'],
    [
      'of outputs with one modifier',
      cmaf([rendition('-a', 320, 180), rendition('-a', 160, 90)]),
      '"-a" is given twice',
    ],
    [
      'whose fragments are no multiple of the GOP',
      cmaf([rendition('-v0', 320, 180, { GopSizeUnits: 'FRAMES', GopSize: 90 }), AUDIO]),
      'gopSize: a fragment of 2 s is not a multiple of the GOP of 3 s',
    ],
    [
      'with open GOPs alone',
      cmaf([rendition('-v0', 320, 180, { GopClosedCadence: 0 }), AUDIO]),
      'gopClosedCadence: 0 was given for a segmented output',
    ],
    [
      'with a frame rate that is not told',
      cmaf([rendition('-v0', 320, 180, { FramerateDenominator: undefined }), AUDIO]),
      'SPECIFIED needs framerateNumerator and framerateDenominator',
    ],
  ])('%s', async (_, group, reason) => {
    await expect(create([group])).rejects.toMatchObject({
      name: 'BadRequestException',
      message: expect.stringContaining(reason),
    });
  });

  test.each<[string, OutputGroup, string]>([
    ['DASH', cmaf(LADDER, { WriteDashManifest: 'ENABLED' }), 'writeDashManifest: ENABLED'],
    ['one file for each rendition', cmaf(LADDER, { SegmentControl: 'SINGLE_FILE' }), 'segmentControl: SINGLE_FILE'],
    ['encryption', cmaf(LADDER, { Encryption: { Type: 'STATIC_KEY' } }), 'encryption'],
    ['audio alone', cmaf([AUDIO]), 'audio alone'],
    ['two outputs with audio', cmaf([...LADDER, { ...AUDIO, NameModifier: '-b' }]), 'several outputs with audio'],
  ])('and names what is not modelled: %s', async (_, group, name) => {
    await expect(create([group])).rejects.toMatchObject({
      name: 'NotImplementedException',
      message: expect.stringContaining(name),
    });
  });
});
