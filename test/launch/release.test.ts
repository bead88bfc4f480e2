import { describe, expect, test } from '@jest/globals';
import { publishing } from '../../bin/launch/publish';
import { releaseProblems } from '../../bin/launch/release-problems';

const template = (version: string, more = {}) =>
  JSON.stringify({ Description: `Live streaming (${version})`, Metadata: { Version: version }, ...more });

describe('a template of a release', () => {
  const problems = (found: string | undefined) => releaseProblems('live.json', found, template('1.2.3'), '1.2.3');

  test('is right when it is what the source writes', () => {
    expect(problems(template('1.2.3'))).toEqual([]);
  });

  test('is wrong when it differs in one character, is of another version, is broken or missing', () => {
    expect(problems(template('1.2.3', { Resources: {} }))).toEqual([expect.stringMatching(/differs from byte 70 on/)]);
    expect(problems(template('1.2.4'))).toEqual([
      expect.stringContaining('version 1.2.4 in its Metadata'),
      expect.stringContaining('does not carry version 1.2.3 in its Description'),
      expect.stringContaining('was not written from this source'),
    ]);
    expect(problems('{')).toEqual([expect.stringContaining('is not JSON')]);
    expect(problems(undefined)).toEqual([expect.stringContaining('does not exist')]);
  });
});

describe('publishing', () => {
  const file = { path: 'dist/launch/live-streaming.template.json', regions: ['eu-central-1', 'us-west-2'] };
  const said = publishing('s3://my-templates/live/v1/', 'eu-west-3', [file]);

  test('says how to upload a template and which link opens it in each of its Regions, from the Region of the bucket', () => {
    expect(said).toContain(
      'aws s3 cp dist/launch/live-streaming.template.json s3://my-templates/live/v1/live-streaming.template.json --region eu-west-3',
    );
    const url = encodeURIComponent(
      'https://my-templates.s3.eu-west-3.amazonaws.com/live/v1/live-streaming.template.json',
    );
    const links = [...said.matchAll(/^ {2}\S+ +(https:\S+)$/gm)].map(([, link]) => link);
    expect(links).toEqual(
      ['eu-central-1', 'us-west-2'].map(
        (region) =>
          `https://${region}.console.aws.amazon.com/cloudformation/home?region=${region}#/stacks/create/review?templateURL=${url}&stackName=live-streaming`,
      ),
    );
  });

  test('needs a bucket', () => {
    expect(() => publishing('https://bucket/key', 'eu-west-1', [])).toThrow('s3://BUCKET/PREFIX is needed');
  });

  test('needs the Region of the bucket', () => {
    expect(() => publishing('s3://my-templates', undefined, [file])).toThrow('--region is missing; the Region');
    expect(() => publishing('s3://my-templates', 'Frankfurt', [file])).toThrow(
      '--region Frankfurt was given; the Region',
    );
  });

  test('takes a bucket without a prefix, and one with dots in its name', () => {
    const [one, dotted] = ['s3://my-templates', 's3://my.templates'].map((target) =>
      publishing(target, 'us-east-1', [file]),
    );
    expect(one).toContain('s3://my-templates/live-streaming.template.json');
    expect(dotted).toContain(
      encodeURIComponent('https://s3.us-east-1.amazonaws.com/my.templates/live-streaming.template.json'),
    );
  });
});
