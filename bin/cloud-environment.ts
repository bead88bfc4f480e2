/**
 * Lines for a shell: what the AWS CLI, the SDKs and the CDK CLI need to be told to reach the small cloud. The keys are
 * any; hosts that the shell already keeps from its proxy stay so.
 */
export function cloudEnvironment(apiUrl: string): string {
  return `
  export AWS_ENDPOINT_URL=${apiUrl}
  export AWS_ACCESS_KEY_ID=test AWS_SECRET_ACCESS_KEY=test AWS_REGION=us-east-1
  export CDK_DISABLE_CLI_TELEMETRY=true
  export NO_PROXY="127.0.0.1,localhost\${NO_PROXY:+,$NO_PROXY}" no_proxy="127.0.0.1,localhost\${no_proxy:+,$no_proxy}"
`;
}
