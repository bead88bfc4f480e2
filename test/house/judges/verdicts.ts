import { requests } from '../../../bin/requests/requests';
import { actionComplaints } from './action-complaints';
import { actionReference } from './action-reference';
import { otherRequests } from './other-requests';
import { tellAbsent } from './python';
import { modelComplaints, named } from './service-models';
import { statementsOf } from './statements';
import type { NamedTemplate } from './templates';

/** Complaints of the service models of AWS about the requests that create the resources of these templates. */
export function requestVerdict(templates: readonly NamedTemplate[], what: string): readonly string[] {
  const all = templates.flatMap(([name, template, parameters]) => [
    ...named(name, requests(template, parameters)),
    ...otherRequests(name, template, parameters),
  ]);
  return modelComplaints(all, `the requests of ${what}`);
}

/** Complaints of the service authorization reference about the statements in these templates. */
export function statementVerdict(templates: readonly NamedTemplate[], what: string): readonly string[] {
  const reference = actionReference();
  if (reference === undefined) {
    tellAbsent('cfn-lint', `the statements of ${what}`);
    return [];
  }
  return templates.flatMap(([name, template, parameters]) =>
    actionComplaints(reference, statementsOf(template, parameters)).map((complaint) => `${name}: ${complaint}`),
  );
}
