/** A column of a table: its name and its type in Glue. */
export type Column = readonly [name: string, type: 'bigint' | 'double' | 'int' | 'string'];

/**
 * Columns of the table `events`, one row for each event that a player reports. The collector writes exactly these; those
 * that say "since the last report" can be added up.
 *
 * @see docs/audience.md
 */
export const EVENT_COLUMNS = [
  ['ts', 'bigint'],
  ['received', 'bigint'],
  ['sid', 'string'],
  ['cid', 'string'],
  ['sn', 'int'],
  ['e', 'string'],
  ['sta', 'string'],
  ['sf', 'string'],
  ['st', 'string'],
  ['engine', 'string'],
  ['player', 'string'],
  ['msd_ms', 'int'],
  ['ltc_ms', 'int'],
  ['bl_ms', 'int'],
  ['br_kbps', 'int'],
  ['tb_kbps', 'int'],
  ['mtp_kbps', 'int'],
  ['played_ms', 'int'],
  ['stall_ms', 'int'],
  ['stalls', 'int'],
  ['dropped_frames', 'int'],
  ['frames', 'int'],
  ['rebuilds', 'int'],
  ['ec', 'string'],
  ['country', 'string'],
  ['device', 'string'],
  ['pop', 'string'],
  ['v', 'int'],
  ['extra', 'string'],
] as const satisfies readonly Column[];

/**
 * Columns of the table `requests`: the fields of CloudFront's standard logs, in their order.
 *
 * @see https://docs.aws.amazon.com/athena/latest/ug/create-cloudfront-table-standard-logs.html
 */
export const REQUEST_COLUMNS = [
  ['date', 'string'],
  ['time', 'string'],
  ['x_edge_location', 'string'],
  ['sc_bytes', 'bigint'],
  ['c_ip', 'string'],
  ['cs_method', 'string'],
  ['cs_host', 'string'],
  ['cs_uri_stem', 'string'],
  ['sc_status', 'int'],
  ['cs_referrer', 'string'],
  ['cs_user_agent', 'string'],
  ['cs_uri_query', 'string'],
  ['cs_cookie', 'string'],
  ['x_edge_result_type', 'string'],
  ['x_edge_request_id', 'string'],
  ['x_host_header', 'string'],
  ['cs_protocol', 'string'],
  ['cs_bytes', 'bigint'],
  ['time_taken', 'double'],
  ['x_forwarded_for', 'string'],
  ['ssl_protocol', 'string'],
  ['ssl_cipher', 'string'],
  ['x_edge_response_result_type', 'string'],
  ['cs_protocol_version', 'string'],
  ['fle_status', 'string'],
  ['fle_encrypted_fields', 'string'],
  ['c_port', 'int'],
  ['time_to_first_byte', 'double'],
  ['x_edge_detailed_result_type', 'string'],
  ['sc_content_type', 'string'],
  ['sc_content_len', 'string'],
  ['sc_range_start', 'string'],
  ['sc_range_end', 'string'],
] as const satisfies readonly Column[];
