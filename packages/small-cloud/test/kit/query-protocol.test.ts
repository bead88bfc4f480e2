import { describe, expect, test } from '@jest/globals';
import { UnsupportedError } from '../../src/contract';
import { QueryError, QueryParameters, queryHandler } from '../../src/services/kit/query-protocol';
import { signedRequest } from '../wire/signed-request';

describe('the parameters of a call', () => {
  const read = (values: Record<string, string>) => QueryParameters.of(new URLSearchParams(values).toString());

  test('give lists in the order of their numbers', () => {
    const names = Array.from({ length: 11 }, (_, index) => [`Names.member.${11 - index}`, String(11 - index)]);
    expect(read(Object.fromEntries(names)).texts('Names')).toEqual([
      '1',
      '2',
      '3',
      '4',
      '5',
      '6',
      '7',
      '8',
      '9',
      '10',
      '11',
    ]);
    expect(read({ Names: '' }).texts('Names')).toEqual([]);
  });

  test('tell an empty value from none', () => {
    const parameters = read({ 'P.member.1.Key': 'a', 'P.member.1.Value': '', 'P.member.2.Key': 'b' });
    expect(parameters.structures('P').map((one) => [one.text('Key'), one.rawText('Value')])).toEqual([
      ['a', ''],
      ['b', undefined],
    ]);
    parameters.end();
  });

  test('are refused when they are not read, unless they are empty', () => {
    const parameters = read({ Version: '1', Known: 'a', Empty: '', 'List.member.1.Key': 'b' });
    parameters.text('Known');
    expect(() => parameters.end()).toThrow(UnsupportedError);
    expect(() => parameters.end()).toThrow('The parameter List.member.1.Key is not modelled');
    parameters.withoutEffect('List').end();
  });

  test('refuses a missing parameter, and a Boolean that is neither true nor false', () => {
    expect(() => read({}).text('StackName')).toThrow("Value null at 'stackName' failed to satisfy constraint");
    expect(() => read({ Flag: 'yes' }).flag('Flag')).toThrow('Flag: yes was given; true or false is needed');
  });
});

describe('a handler of the query protocol', () => {
  const handle = queryHandler('Test', 'http://test/', {
    Say: async (parameters) => ({ Said: parameters.text('Word') }),
    Fail: async () => {
      throw new QueryError('Broken', 'it <is>', 409);
    },
    Quiet: async () => undefined,
  });
  const ask = (values: Record<string, string>) =>
    handle(signedRequest('test', 'test', { body: new URLSearchParams(values).toString() }));

  test('answers in XML, with or without a result', async () => {
    const said = String((await ask({ Action: 'Say', Word: 'a<b' })).body);
    expect(said).toContain('<SayResponse xmlns="http://test/"><SayResult><Said>a&lt;b</Said></SayResult>');
    expect(String((await ask({ Action: 'Quiet' })).body)).not.toContain('QuietResult');
  });

  test('answers an error with its code and status', async () => {
    const answer = await ask({ Action: 'Fail' });
    expect(answer.status).toBe(409);
    expect(answer.body).toContain('<Code>Broken</Code><Message>it &lt;is&gt;</Message>');
  });

  test('refuses an action that it does not know, by name', async () => {
    await expect(ask({ Action: 'toString' })).rejects.toThrow(
      'Test toString is not modelled by the local run; it knows Say, Fail, Quiet',
    );
  });
});
