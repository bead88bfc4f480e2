// @ts-check
/**
 * Converts the records of one object to Parquet, in a thread of its own, because compression would hold up the edge.
 * It receives a {@link Job} as its data, posts a {@link Done}, and ends.
 */
import { parentPort, workerData } from 'node:worker_threads';
import { parquetWriteBuffer } from 'hyparquet-writer';

/**
 * @typedef {{ name: string, type: string }} Column
 * @typedef {{ bytes: Uint8Array, arrived: number }} Sent
 * @typedef {{ records: readonly Sent[], columns: readonly Column[], foldsKeys: boolean }} Job
 * @typedef {{ raw: Uint8Array, arrived: number, message: string, isMalformed: boolean }} Failure
 * @typedef {{ parquet: Uint8Array | undefined, rows: number, failures: readonly Failure[] }} Done
 */

/** @type {Readonly<Record<string, 'STRING' | 'BOOLEAN' | 'INT32' | 'INT64' | 'FLOAT' | 'DOUBLE'>>} */
const PARQUET_TYPES = {
  string: 'STRING',
  boolean: 'BOOLEAN',
  tinyint: 'INT32',
  smallint: 'INT32',
  int: 'INT32',
  bigint: 'INT64',
  float: 'FLOAT',
  double: 'DOUBLE',
};

/** Bits of the types of whole numbers. @type {Readonly<Record<string, number>>} */
const BITS = { tinyint: 8, smallint: 16, int: 32, bigint: 64 };

/**
 * Cuts a record into the texts of its JSON objects: one that is the whole record, or several, each on one line, that follow
 * one another there or on lines of their own. Text that is no object comes back as well, and will not be read.
 *
 * @param {string} text
 * @returns {string[]}
 */
function objectsOf(text) {
  try {
    JSON.parse(text);
    return [text];
  } catch {
    return text.split('\n').flatMap(objectsOfLine);
  }
}

/**
 * @param {string} line
 * @returns {string[]}
 */
function objectsOfLine(line) {
  const found = [];
  let start = 0;
  let depth = 0;
  let isQuoted = false;
  for (let at = 0; at < line.length; at += 1) {
    const letter = line[at];
    if (letter === '"') isQuoted = !isQuoted;
    if (isQuoted && letter === '\\') at += 1;
    if (isQuoted) continue;
    if (letter === '{') depth += 1;
    if (letter === '}') depth -= 1;
    if (letter !== '}' || depth !== 0) continue;
    found.push(line.slice(start, at + 1));
    start = at + 1;
  }
  found.push(line.slice(start));
  const texts = found.map((text) => text.trim()).filter((text) => text !== '');
  return texts.every((text) => text.startsWith('{')) ? texts : [line];
}

/**
 * Reads a value for a column, as the SerDe of JSON does: numbers and Booleans may be strings, anything may become a string.
 *
 * @param {unknown} value
 * @param {Column} column
 * @returns {string | number | bigint | boolean | null}
 */
function fitted(value, { name, type }) {
  if (value === null || value === undefined) return null;
  if (type === 'string') return typeof value === 'string' ? value : JSON.stringify(value);
  if (type === 'boolean') {
    if (typeof value === 'boolean') return value;
    if (value === 'true' || value === 'false') return value === 'true';
    throw new TypeError(misfit(name, type, value));
  }
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  if (typeof number !== 'number' || !Number.isFinite(number)) throw new TypeError(misfit(name, type, value));
  const bits = BITS[type];
  if (bits === undefined) return number;
  const limit = 2 ** (bits - 1);
  if (!Number.isInteger(number) || number >= limit || number < -limit) throw new TypeError(misfit(name, type, value));
  return bits === 64 ? BigInt(number) : number;
}

/**
 * @param {string} name
 * @param {string} type
 * @param {unknown} value
 */
function misfit(name, type, value) {
  return `Error converting value for column ${name}: ${JSON.stringify(value)} is no ${type}`;
}

/**
 * Reads one object into a row.
 *
 * @param {string} text
 * @param {Job} job
 */
function rowOf(text, { columns, foldsKeys }) {
  const object = JSON.parse(text);
  if (typeof object !== 'object' || object === null || Array.isArray(object)) {
    throw new SyntaxError('Encountered malformed JSON. An object is needed; a list of objects is not read');
  }
  const entries = Object.entries(object).map(([key, value]) => [foldsKeys ? key.toLowerCase() : key, value]);
  const members = new Map(/** @type {[string, unknown][]} */ (entries));
  return columns.map((column) => fitted(members.get(column.name), column));
}

/** @param {Job} job @returns {Done} */
function converted(job) {
  /** @type {ReturnType<typeof rowOf>[]} */
  const rows = [];
  /** @type {Failure[]} */
  const failures = [];
  for (const { bytes, arrived } of job.records) {
    for (const text of objectsOf(Buffer.from(bytes).toString('utf8'))) {
      try {
        rows.push(rowOf(text, job));
      } catch (error) {
        const message = error instanceof Error ? error.message : String(error);
        failures.push({ raw: Buffer.from(text), arrived, message, isMalformed: error instanceof SyntaxError });
      }
    }
  }
  if (rows.length === 0) return { parquet: undefined, rows: 0, failures };
  const columnData = job.columns.map(({ name, type }, index) => ({
    name,
    type: PARQUET_TYPES[type],
    data: rows.map((row) => row[index] ?? null),
    nullable: true,
  }));
  const parquet = new Uint8Array(parquetWriteBuffer({ columnData, codec: 'SNAPPY' }));
  return { parquet, rows: rows.length, failures };
}

parentPort?.postMessage(converted(workerData));
