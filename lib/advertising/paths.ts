/** Path at the edge of the question what a break is filled with. */
export const BREAK_PATH = '/ads/break';
/** Path at the edge that players report to what they showed. */
export const BEACON_PATH = '/ads/beacon';
/** Beginning of the paths, and of the keys in the bucket, of the clips that viewers may read. */
export const CLIPS_FOLDER = 'ads/clips';
/** Beginning of the keys of files that MediaConvert makes clips of. They are removed after a day. */
export const SOURCES_FOLDER = 'sources';
/** Key of the list of campaigns. */
export const CAMPAIGNS_KEY = 'campaigns.json';
/** Beginning of the paths of playlists with the ads in them. */
export const GUIDED_PREFIX = '/guided';
