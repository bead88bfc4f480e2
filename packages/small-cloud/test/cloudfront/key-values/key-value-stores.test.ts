import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { type Properties, UnsupportedError } from '../../../src/contract';
import { EdgeFunction } from '../../../src/services/cloudfront/functions/edge-function';
import { KeyValueStore } from '../../../src/services/cloudfront/key-values/key-value-store';
import { distribution, TestEdge } from '../test-edge';

let edge: TestEdge;

beforeEach(() => {
  edge = new TestEdge((request, response) => void response.end(`body of ${request.url}`));
});

afterEach(() => edge.stop());

const made = (properties: Properties = {}) => edge.create('KeyValueStore', { Name: 'tokens', ...properties });

function functionOf(FunctionCode: string, ...stores: readonly string[]): Properties {
  const KeyValueStoreAssociations = stores.map((KeyValueStoreARN) => ({ KeyValueStoreARN }));
  const FunctionConfig = { Comment: '', Runtime: 'cloudfront-js-2.0', KeyValueStoreAssociations };
  return { Name: 'f', AutoPublish: true, FunctionCode, FunctionConfig };
}

describe('a key value store', () => {
  test('has an ARN, an id and a status, and its name as reference', async () => {
    const store = await made({ Comment: 'c' });
    expect(store.ref).toBe('tokens');
    expect(store.attribute('Id')).toMatch(/^[0-9a-f-]{36}$/);
    expect(store.attribute('Arn')).toBe(`arn:aws:cloudfront::111122223333:key-value-store/${store.attribute('Id')}`);
    expect(store.attribute('Status')).toBe('READY');
    await store.update({ Name: 'tokens', Comment: 'another' });
    await store.delete();
    await made();
  });

  test.each<[string, Properties, string]>([
    ['a name with a space', { Name: 'my store' }, 'Store.Name: my store was given'],
    ['a long comment', { Comment: 'c'.repeat(129) }, '129 characters were given'],
    ['a second store of the same name', {}, 'a key value store tokens exists already'],
  ])('refuses %s', async (_, properties, sentence) => {
    await made();
    await expect(made(properties)).rejects.toThrow(sentence);
  });

  test('refuses an import from S3, which is not modelled', async () => {
    const ImportSource = { SourceType: 'S3', SourceArn: 'arn:aws:s3:::b/k' };
    await expect(made({ ImportSource })).rejects.toThrow(UnsupportedError);
  });

  test('stays as long as a function is associated with it', async () => {
    const store = await made();
    const code = 'function handler(event) { return event.request; }';
    const user = await edge.create('Function', functionOf(code, store.attribute('Arn')));
    await expect(store.delete()).rejects.toMatchObject({ code: 'CannotDeleteEntityWhileInUse' });
    await user.update(functionOf(code));
    await store.delete();
  });

  test('is refused in a function when it does not exist, or is not the only one', async () => {
    const code = 'function handler(event) { return event.request; }';
    const arn = 'arn:aws:cloudfront::111122223333:key-value-store/none';
    await expect(edge.create('Function', functionOf(code, arn))).rejects.toThrow(`The key value store ${arn} does not`);
    const store = await made();
    const two = functionOf(code, store.attribute('Arn'), store.attribute('Arn'));
    await expect(edge.create('Function', two)).rejects.toThrow('a function has at most one');
  });
});

describe('a function with a key value store', () => {
  function storeWith(...puts: readonly (readonly [string, string])[]): KeyValueStore {
    const store = new KeyValueStore({ name: 's', id: 'i', arn: 'a', created: 0 });
    store.update({ puts }, store.etag, 1000);
    return store;
  }

  const run = (body: string, store?: KeyValueStore) =>
    new EdgeFunction('f', `import cf from 'cloudfront'; async function handler(event) { ${body} }`, { store }).run({});

  test('reads strings, JSON and bytes', () => {
    const store = storeWith(['text', 'hello'], ['cfg', '{"keys":{"a":"x"}}']);
    const body = `const kvs = cf.kvs();
      const text = await kvs.get('text');
      const cfg = await kvs.get('cfg', { format: 'json' });
      const bytes = await kvs.get('text', { format: 'bytes' });
      return { text: text, key: cfg.keys.a, hex: bytes.toString('hex') };`;
    expect(run(body, store)).toEqual({ text: 'hello', key: 'x', hex: '68656c6c6f' });
  });

  test('asks for a key and for the facts of the store', () => {
    const body = `const kvs = cf.kvs('i');
      const there = await kvs.exists('a');
      const gone = await kvs.exists('constructor');
      const meta = await kvs.meta();
      return { there: there, gone: gone, meta: meta };`;
    expect(run(body, storeWith(['a', '1']))).toEqual({
      there: true,
      gone: false,
      meta: {
        creationDateTime: '1970-01-01T00:00:00.000Z',
        lastUpdatedDateTime: '1970-01-01T00:00:01.000Z',
        keyCount: 1,
      },
    });
  });

  test.each([
    ['a missing key', "return await cf.kvs().get('b');", 'KeyNotFound: b'],
    ['JSON that is none', "return await cf.kvs().get('a', { format: 'json' });", 'SyntaxError'],
    ['an unknown format', "return await cf.kvs().get('a', { format: 'xml' });", 'format: xml was given'],
    ['another store', "return cf.kvs('other');", 'not associated with the key value store other'],
    ['a member that is not modelled', 'cf.updateRequestOrigin({});', 'cf.updateRequestOrigin is not modelled'],
    ['a method that is not modelled', "await cf.kvs().put('a', '1');", 'kvs.put is not modelled'],
  ])('throws for %s', (_, body, sentence) => {
    expect(() => run(body, storeWith(['a', '{']))).toThrow(sentence);
  });

  test('may catch the error of a missing key', () => {
    const body = "try { await cf.kvs().get('b'); } catch (error) { return { problem: error.message }; }";
    expect(run(body, storeWith(['a', '1']))).toEqual({ problem: 'KeyNotFound: b' });
  });

  test('throws without an associated store', () => {
    expect(() => run('return cf.kvs();')).toThrow('not associated with a key value store');
  });

  test('sees a change with the next request', async () => {
    const store = await made();
    const code = `import cf from 'cloudfront';
      async function handler(event) {
        const kvs = cf.kvs();
        const revoked = await kvs.exists('r.1');
        return revoked ? { statusCode: 410 } : event.request;
      }`;
    const { ref: FunctionARN } = await edge.create('Function', functionOf(code, store.attribute('Arn')));
    await edge.start(distribution({ FunctionAssociations: [{ EventType: 'viewer-request', FunctionARN }] }));
    expect((await edge.get('/a')).status).toBe(200);
    await edge.putKey(store.attribute('Arn'), 'r.1', '1');
    expect((await edge.get('/a')).status).toBe(410);
  });
});
