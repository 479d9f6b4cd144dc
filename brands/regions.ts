/**
 * Regions that have every service a deployment uses: Lambda on arm64, HTTP API, DynamoDB global tables, multi-region
 * KMS keys and SES. SES is the one that decides.
 */
export const regions = [
  'af-south-1',
  'ap-northeast-1',
  'ap-northeast-2',
  'ap-northeast-3',
  'ap-south-1',
  'ap-southeast-1',
  'ap-southeast-2',
  'ap-southeast-3',
  'ca-central-1',
  'eu-central-1',
  'eu-north-1',
  'eu-south-1',
  'eu-west-1',
  'eu-west-2',
  'eu-west-3',
  'il-central-1',
  'me-south-1',
  'sa-east-1',
  'us-east-1',
  'us-east-2',
  'us-west-1',
  'us-west-2',
] as const;

/** One of {@link regions}. */
export type Region = (typeof regions)[number];
