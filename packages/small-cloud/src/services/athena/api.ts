import type { ApiHandler, Properties } from '../../contract';
import { type JsonOperation, jsonHandler } from '../kit/json-protocol';
import { type AthenaApiSubject, authorizeIn, groupOf } from './call';
import { executionCalls } from './execution-calls';
import type { NamedQuery } from './named-query';
import { invalid } from './work-group';

const MOST_NAMED = 50;

/**
 * Makes the handler of the part of Athena's API that runs queries and reads saved ones.
 *
 * @see https://docs.aws.amazon.com/athena/latest/APIReference/API_Operations.html
 */
export function athenaApi(subject: AthenaApiSubject): ApiHandler {
  const operations = {
    ...executionCalls(subject),
    ListNamedQueries: listNamedQueries(subject),
    GetNamedQuery: getNamedQuery(subject),
    BatchGetNamedQuery: batchGetNamedQuery(subject),
  };
  return jsonHandler({ name: 'Athena', target: 'AmazonAthena', operations });
}

function listNamedQueries(subject: AthenaApiSubject): JsonOperation {
  return (input, request) => {
    const group = input.maybeText('WorkGroup') ?? 'primary';
    const most = input.whole('MaxResults', 0, MOST_NAMED, MOST_NAMED) || MOST_NAMED;
    const start = Number(input.maybeText('NextToken') ?? '0');
    input.end();
    authorizeIn(subject, request, { action: 'athena:ListNamedQueries', group });
    groupOf(subject, group);
    const ids = [...subject.namedQueries.values()].filter(({ workGroup }) => workGroup === group).map(({ id }) => id);
    const page = { NamedQueryIds: ids.slice(start, start + most) };
    return start + most < ids.length ? { ...page, NextToken: String(start + most) } : page;
  };
}

function getNamedQuery(subject: AthenaApiSubject): JsonOperation {
  return (input, request) => {
    const id = input.text('NamedQueryId');
    input.end();
    const query = subject.namedQueries.get(id);
    authorizeIn(subject, request, { action: 'athena:GetNamedQuery', group: query?.workGroup ?? 'primary' });
    if (query === undefined) throw invalid(`NamedQuery ${id} was not found`);
    return { NamedQuery: shown(query) };
  };
}

function batchGetNamedQuery(subject: AthenaApiSubject): JsonOperation {
  return (input, request) => {
    const ids = input.texts('NamedQueryIds');
    input.end();
    if (ids.length === 0 || ids.length > MOST_NAMED) throw invalid(`NamedQueryIds: 1 to ${MOST_NAMED} are needed`);
    const found = ids.flatMap((id) => subject.namedQueries.get(id) ?? []);
    for (const group of new Set(found.map(({ workGroup }) => workGroup))) {
      authorizeIn(subject, request, { action: 'athena:BatchGetNamedQuery', group });
    }
    const missing = ids.filter((id) => !subject.namedQueries.has(id));
    const UnprocessedNamedQueryIds = missing.map((id) => {
      const ErrorMessage = `NamedQuery ${id} was not found`;
      return { NamedQueryId: id, ErrorCode: 'INVALID_INPUT', ErrorMessage };
    });
    return { NamedQueries: found.map(shown), UnprocessedNamedQueryIds };
  };
}

function shown({ id, name, description, database, statement, workGroup }: NamedQuery): Properties {
  return {
    NamedQueryId: id,
    Name: name ?? null,
    Description: description ?? null,
    Database: database,
    QueryString: statement,
    WorkGroup: workGroup,
  };
}
