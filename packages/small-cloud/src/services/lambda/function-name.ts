const FORMS = /^(?:arn:[^:]+:lambda:[^:]+:\d{12}:function:|\d{12}:function:|function:)?([\w-]+)(?::(.+))?$/;

/**
 * The name of a function that is given by its name, its ARN, or `ACCOUNT:function:NAME`, with or without a qualifier.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html#API_Invoke_RequestSyntax
 */
export function functionName(nameOrArn: string): string {
  return FORMS.exec(nameOrArn)?.[1] ?? nameOrArn;
}

/** The version or alias at the end of a function's name; undefined when there is none. */
export function functionQualifier(nameOrArn: string): string | undefined {
  return FORMS.exec(nameOrArn)?.[2];
}
