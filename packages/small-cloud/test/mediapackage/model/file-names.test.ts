import { describe, expect, test } from '@jest/globals';
import type { Endpoint } from '../../../src/services/mediapackage/model/endpoint';
import {
  type EgressFile,
  egressFile,
  gapName,
  initName,
  partName,
  segmentName,
} from '../../../src/services/mediapackage/model/file-names';

const CMAF: Endpoint = {
  arn: 'arn',
  container: 'CMAF',
  audioApart: true,
  segmentSeconds: 2,
  segmentName: 'my_segment',
  hlsManifests: [],
  dashManifests: [],
};
const TS: Endpoint = { ...CMAF, container: 'TS', audioApart: false };

describe('the names of an endpoint', () => {
  test.each<[string, Endpoint, EgressFile]>([
    [initName(CMAF, 'v_720', '0a1f'), CMAF, { kind: 'init', track: 'v_720', formatId: '0a1f' }],
    [segmentName(CMAF, 'v_720', 42), CMAF, { kind: 'segment', track: 'v_720', number: 42 }],
    [segmentName(TS, 'v_720', 42), TS, { kind: 'segment', track: 'v_720', number: 42 }],
    [partName(CMAF, 'v_720', 7, 3), CMAF, { kind: 'part', track: 'v_720', epoch: 7, ordinal: 3 }],
  ])('are parsed to the file that they were written for: %s', (name, endpoint, file) => {
    expect(egressFile(endpoint, name)).toEqual(file);
  });

  test.each([
    ['a gap', gapName(CMAF, 'v', 1)],
    ['another segment name', 'segment_v_42.mp4'],
    ['the other container', segmentName(TS, 'v', 42)],
    ['a manifest', 'index.m3u8'],
  ])('do not include %s', (_, name) => {
    expect(egressFile(CMAF, name)).toBeUndefined();
  });
});
