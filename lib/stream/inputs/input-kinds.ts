import type { InputKindName } from '../../channel/input';
import { cdi, linkDevice, mediaConnect } from './aws';
import type { InputBuilder, InputContext, InputKind } from './input-kind';
import { hlsPull, mp4File, rtmpPull, testClip, tsFile } from './pull';
import { rtmpPush, rtmpPushVpc, rtpPush, rtpPushVpc } from './push';
import { srtCaller, srtListener } from './srt';

/** The builder of every kind of input. */
const BUILDERS: { readonly [Kind in InputKindName]: InputBuilder<Kind> } = {
  'test-clip': testClip,
  'rtmp-push': rtmpPush,
  'rtmp-push-vpc': rtmpPushVpc,
  'rtp-push': rtpPush,
  'rtp-push-vpc': rtpPushVpc,
  'srt-listener': srtListener,
  'srt-caller': srtCaller,
  'rtmp-pull': rtmpPull,
  'hls-pull': hlsPull,
  'mp4-file': mp4File,
  'ts-file': tsFile,
  mediaconnect: mediaConnect,
  'link-device': linkDevice,
  cdi,
};

/** Builds an input of any kind. */
export function inputKind(context: InputContext): InputKind {
  return builtAs(context.source.kind, context);
}

function builtAs<Kind extends InputKindName>(kind: Kind, context: InputContext<Kind>): InputKind {
  return BUILDERS[kind](context);
}
