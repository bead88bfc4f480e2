import type { Value } from '../../src/contract';
import { type Evaluation, evaluate, type PseudoParameters } from '../../src/template/evaluate';
import { readTemplate } from '../../src/template/read-template';
import type { World } from '../../src/template/scope';
import type { Template } from '../../src/template/template';

export const PSEUDO: PseudoParameters = {
  'AWS::AccountId': '111122223333',
  'AWS::Partition': 'aws',
  'AWS::Region': 'eu-west-1',
  'AWS::StackId': 'arn:aws:cloudformation:eu-west-1:111122223333:stack/Live/1',
  'AWS::StackName': 'Live',
  'AWS::URLSuffix': 'amazonaws.com',
};

/** Makes a template with one resource, `Bucket`, and the sections of a test. */
export function templateOf(sections: Record<string, unknown> = {}): Template {
  return readTemplate({ Resources: { Bucket: { Type: 'AWS::S3::Bucket' } }, ...sections });
}

export function evaluationOf(sections: Record<string, unknown> = {}, given: Record<string, string> = {}): Evaluation {
  return evaluate(templateOf(sections), given, PSEUDO);
}

/** A world of one bucket. It throws on every other question. */
export const ONE_BUCKET: World = {
  ref(logicalId) {
    if (logicalId !== 'Bucket') throw new Error(`nobody said what ${logicalId} is`);
    return 'bucket-name';
  },
  attribute(logicalId, attribute) {
    if (logicalId !== 'Bucket' || attribute !== 'Arn') throw new Error(`nobody said what ${logicalId}.${attribute} is`);
    return 'arn:aws:s3:::bucket-name';
  },
};

export function resolveIn(sections: Record<string, unknown>, value: Value, given: Record<string, string> = {}) {
  return evaluationOf(sections, given).resolve(value, 'Value', ONE_BUCKET);
}
