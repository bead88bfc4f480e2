import { gunzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { ChatField } from './chat-field';

const FUNCTION = 'arn:aws:lambda:eu-west-1:123456789012:function:review';
const HANDLER = { MessageReviewHandler: { Uri: FUNCTION, FallbackResult: 'DENY' } };
const ALL = { capabilities: ['SEND_MESSAGE', 'DELETE_MESSAGE', 'DISCONNECT_USER'] };

let field: ChatField;
beforeEach(() => {
  field = new ChatField();
});
afterEach(() => field.end());

describe('a chat room', () => {
  test('delivers a message to everybody, the sender among them, in the documented shape', async () => {
    const room = await field.room();
    const [anna, ben] = [await field.join(room, 'anna'), await field.join(room, 'ben')];
    anna.say('hello');
    const [message] = await ben.until(1);
    expect(message).toMatchObject({
      Type: 'MESSAGE',
      Content: 'hello',
      RequestId: 'request',
      Sender: { UserId: 'anna', Attributes: { name: 'anna' } },
    });
    expect(message?.['Id']).toMatch(/^[a-zA-Z0-9]{12}$/);
    expect(await anna.until(1)).toEqual([message]);
  });

  test.each<[string, (text: string) => [string, object], number]>([
    ['a message that is too long', () => ['SEND_MESSAGE', { Content: 'x'.repeat(11) }], 400],
    ['a message without content', () => ['SEND_MESSAGE', {}], 400],
    ['an action that does not exist', () => ['LEAVE', {}], 400],
    [
      'attributes that are too large',
      () => ['SEND_MESSAGE', { Content: 'x', Attributes: { a: 'x'.repeat(1024) } }],
      413,
    ],
    ['a deletion without the capability', () => ['DELETE_MESSAGE', { Id: 'abcdefABC123' }], 403],
    ['a disconnection without the capability', () => ['DISCONNECT_USER', { UserId: 'ben' }], 403],
  ])('refuses %s', async (_, made, code) => {
    const anna = await field.join(await field.room({ MaximumMessageLength: 10 }), 'anna');
    const [action, properties] = made('');
    anna.act(action, { ...properties } as Record<string, string>);
    expect((await anna.until(1))[0]).toMatchObject({ Type: 'ERROR', ErrorCode: code });
  });

  test('refuses what is not JSON', async () => {
    const anna = await field.join(await field.room(), 'anna');
    anna.sendRaw('{');
    expect((await anna.until(1))[0]).toMatchObject({ Type: 'ERROR', ErrorCode: 400 });
  });

  test('refuses more messages in a second than the room takes', async () => {
    const anna = await field.join(await field.room({ MaximumMessageRatePerSecond: 2 }), 'anna');
    for (const text of ['one', 'two', 'three']) anna.say(text);
    const heard = await anna.until(3);
    expect(heard.filter(({ ErrorCode }) => ErrorCode === 429)).toHaveLength(1);
  });

  test('takes more when the operator has allowed it', async () => {
    const room = await field.room({ MaximumMessageRatePerSecond: 1 });
    const asked = { identifier: room, maximumMessageRatePerSecond: 100 };
    expect(await field.call('UpdateRoom', asked)).toMatchObject({ status: 200, maximumMessageRatePerSecond: 100 });
    const anna = await field.join(room, 'anna');
    for (const text of ['one', 'two', 'three']) anna.say(text);
    expect((await anna.until(3)).map(({ Type }) => Type)).toEqual(['MESSAGE', 'MESSAGE', 'MESSAGE']);
  });
});

describe('the review of messages', () => {
  test('gets the documented event, and may change a message', async () => {
    field.review = () => ({ ReviewResult: 'ALLOW', Content: '***', Attributes: {} });
    const room = await field.room(HANDLER);
    const anna = await field.join(room, 'anna');
    anna.say('hello');
    expect((await anna.until(1))[0]).toMatchObject({ Content: '***' });
    expect(field.events[0]).toMatchObject({
      Content: 'hello',
      RoomArn: room,
      Sender: { UserId: 'anna', Attributes: { name: 'anna' }, Ip: '127.0.0.1' },
    });
  });

  test('refuses with its reason, and nobody else hears of it', async () => {
    field.review = () => ({ ReviewResult: 'DENY', Content: '', Attributes: { Reason: 'word' } });
    const room = await field.room(HANDLER);
    const [anna, ben] = [await field.join(room, 'anna'), await field.join(room, 'ben')];
    anna.say('hello');
    expect((await anna.until(1))[0]).toMatchObject({ Type: 'ERROR', ErrorCode: 406, ErrorMessage: 'word' });
    await field.call('SendEvent', { roomIdentifier: room, eventName: 'after' });
    expect((await ben.until(1))[0]).toMatchObject({ EventName: 'after' });
  });

  test.each<[string, (field: ChatField) => void]>([
    [
      'is late',
      (one) => {
        one.review = () => 'late';
      },
    ],
    [
      'answers in another form',
      (one) => {
        one.review = () => ({ result: 'ALLOW' });
      },
    ],
    [
      'may not be invoked',
      (one) => {
        one.permitted = false;
      },
    ],
  ])('leaves the decision to the fallback when the function %s', async (_, spoil) => {
    spoil(field);
    const strict = await field.join(await field.room(HANDLER), 'anna');
    strict.say('hello');
    expect((await strict.until(1))[0]).toMatchObject({ ErrorCode: 406 });
    const lenient = await field.join(await field.room({ MessageReviewHandler: { Uri: FUNCTION } }), 'anna');
    lenient.say('hello');
    expect((await lenient.until(1))[0]).toMatchObject({ Type: 'MESSAGE', Content: 'hello' });
  });

  test('keeps the order of messages', async () => {
    let release = () => {};
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    field.review = async ({ Content }) => {
      if (Content === 'first') await held;
      return { ReviewResult: 'ALLOW', Content: Content ?? '', Attributes: {} };
    };
    const anna = await field.join(await field.room(HANDLER), 'anna');
    anna.say('first');
    anna.say('second');
    release();
    expect((await anna.until(2)).map(({ Content }) => Content)).toEqual(['first', 'second']);
  });
});

describe('a moderator', () => {
  test('has a message deleted, by the connection and by the API', async () => {
    const room = await field.room();
    const mona = await field.join(room, 'mona', ALL);
    mona.act('DELETE_MESSAGE', { Id: 'abcdefABC123', Reason: 'rude' });
    expect((await mona.until(1))[0]).toMatchObject({
      Type: 'EVENT',
      EventName: 'aws:DELETE_MESSAGE',
      Attributes: { MessageId: 'abcdefABC123', MessageID: 'abcdefABC123', Reason: 'rude' },
    });
    await field.call('DeleteMessage', { roomIdentifier: room, id: 'ABCDEFabc123' });
    expect((await mona.until(2))[1]).toMatchObject({ Attributes: { MessageId: 'ABCDEFabc123' } });
  });

  test('disconnects all connections of a user', async () => {
    const room = await field.room();
    const [one, two, mona] = [
      await field.join(room, 'ben'),
      await field.join(room, 'ben'),
      await field.join(room, 'mona', ALL),
    ];
    mona.act('DISCONNECT_USER', { UserId: 'ben' });
    await Promise.all([one.untilClosed(), two.untilClosed()]);
    expect(mona.closed).toBeUndefined();
  });

  test('disconnects for a reason that is longer than a close frame', async () => {
    const room = await field.room();
    const ben = await field.join(room, 'ben');
    await field.call('DisconnectUser', { roomIdentifier: room, userId: 'ben', reason: 'ж'.repeat(200) });
    await ben.untilClosed();
  });
});

describe('a token', () => {
  test('opens one connection', async () => {
    const token = await field.token(await field.room());
    await field.connect(token);
    await expect(field.connect(token)).rejects.toThrow('401');
  });

  test('opens a connection that ends with the session', async () => {
    const room = await field.room();
    const [short, long] = [1, 2].map((sessionDurationInMinutes) => field.token(room, { sessionDurationInMinutes }));
    const tokens = await Promise.all([short, long]);
    field.now += 59_900;
    const [anna, ben] = await Promise.all(tokens.map((token) => field.connect(String(token))));
    await anna?.untilClosed();
    expect(ben?.closed).toBeUndefined();
  });

  test('is good for a minute', async () => {
    const token = await field.token(await field.room());
    field.now += 60_001;
    await expect(field.connect(token)).rejects.toThrow('401');
  });

  test.each([
    ['a room that does not exist', { roomIdentifier: 'arn:other' }, 404, 'ResourceNotFoundException'],
    ['another capability', { capabilities: ['ALL'] }, 400, 'ValidationException'],
    ['attributes of more than 1 KB', { attributes: { a: 'x'.repeat(1025) } }, 400, 'ValidationException'],
    ['a user without a name', { userId: '' }, 400, 'ValidationException'],
  ])('is refused for %s', async (_, changed, status, error) => {
    const asked = { roomIdentifier: await field.room(), userId: 'anna', ...changed };
    expect(await field.call('CreateChatToken', asked)).toMatchObject({ status, error });
  });
});

describe('the log of a room', () => {
  test('has what was said, in a file below the prefix of the account', async () => {
    const { physicalId } = await field.create('AWS::IVSChat::LoggingConfiguration', {
      DestinationConfiguration: { S3: { BucketName: 'logs' } },
    });
    const room = await field.room({ LoggingConfigurationIdentifiers: [physicalId] });
    const anna = await field.join(room, 'anna');
    anna.say('hello');
    await anna.until(1);
    await field.service.stop();
    const [file] = field.written;
    expect(file?.key).toMatch(/^AWSLogs\/\d{12}\/IVSChatLogs\/1\.0\/[a-z0-9-]+\/room_[a-zA-Z0-9]{12}\//);
    const [record] = gunzipSync(file?.body ?? Buffer.alloc(0))
      .toString()
      .trim()
      .split('\n');
    expect(JSON.parse(record ?? '')).toMatchObject({ type: 'MESSAGE', version: '1.0', payload: { Content: 'hello' } });
  });

  test('needs a bucket whose policy lets logs be delivered', async () => {
    const configured = (BucketName: string) =>
      field.create('AWS::IVSChat::LoggingConfiguration', { DestinationConfiguration: { S3: { BucketName } } });
    await expect(configured('other')).rejects.toThrow('does not exist');
    field.policyAllows = false;
    await expect(configured('logs')).rejects.toThrow('s3:GetBucketAcl');
  });

  test('is refused for a log group, which is not modelled', async () => {
    const DestinationConfiguration = { CloudWatchLogs: { LogGroupName: 'chat' } };
    await expect(field.create('AWS::IVSChat::LoggingConfiguration', { DestinationConfiguration })).rejects.toThrow();
  });
});

describe('an AWS::IVSChat::Room', () => {
  test.each([
    ['a rate that CloudFormation does not take', { MaximumMessageRatePerSecond: 11 }],
    ['a length that is too large', { MaximumMessageLength: 501 }],
    ['a name with a space', { Name: 'my room' }],
    ['a fallback that does not exist', { MessageReviewHandler: { Uri: FUNCTION, FallbackResult: 'MAYBE' } }],
    ['a function that is none', { MessageReviewHandler: { Uri: 'arn:aws:s3:::x' } }],
    ['a log that does not exist', { LoggingConfigurationIdentifiers: ['arn:other'] }],
    ['a property that does not exist', { Colour: 'red' }],
  ])('is refused with %s', async (_, properties) => {
    await expect(field.room(properties)).rejects.toThrow();
  });
});
