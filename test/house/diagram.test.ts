import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { graph } from '../../bin/diagram/graph';
import type { Template } from '../../bin/diagram/template';
import { mainChannel, stageChannel, synth } from '../stream/synth';

const ROOT = join(__dirname, '..', '..');

describe('the architecture diagram', () => {
  const template = synth({ origin: 's3', channels: [mainChannel, stageChannel] }) as Template;
  const { boxes, edges } = graph(template);

  test('has boxes for resources of the template and for nothing else', () => {
    const drawn = boxes.flatMap(({ resources }) => resources);
    expect(drawn.length).toBeGreaterThan(15);
    for (const id of drawn) expect(Object.keys(template.Resources)).toContain(id);
    expect(new Set(drawn).size).toBe(drawn.length);
  });

  test('draws the stream of each channel from its input to the edge', () => {
    const next = (id: string) => edges.filter(({ from, kind }) => from === id && kind === 'media').map(({ to }) => to);
    const edge = boxes.find(({ type }) => type === 'AWS::CloudFront::Distribution')?.id;
    const inputs = boxes.filter(({ type }) => type === 'AWS::MediaLive::Input');
    expect(inputs.length).toBe(2);
    for (const { id } of inputs) {
      const reached = new Set([id]);
      // A set grows while it is walked through.
      for (const box of reached) {
        for (const to of next(box)) reached.add(to);
      }
      expect(reached).toContain(edge);
    }
  });

  test('of the README is that of the default description (npm run diagram draws it anew)', () => {
    const folder = mkdtempSync(join(tmpdir(), 'diagram-test-'));
    try {
      const file = join(folder, 'template.json');
      writeFileSync(file, JSON.stringify(synth()));
      const { stdout, status, stderr } = spawnSync(
        process.execPath,
        ['--import', 'tsx', join(ROOT, 'bin', 'diagram.ts'), '--template', file, '--out', '-'],
        { encoding: 'utf8', cwd: ROOT },
      );
      expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
      expect(stdout).toMatch(/^<svg/);
      const texts = (svg: string) => [...svg.matchAll(/<text[^>]*>([^<]*)</g)].map(([, text]) => text).sort();
      const drawn = readFileSync(join(ROOT, 'docs', 'images', 'architecture.svg'), 'utf8');
      expect(texts(drawn)).toEqual(texts(stdout));
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
