import {
  type RemixiconComponentType,
  RiAlertFill,
  RiCheckboxCircleFill,
  RiCloseCircleFill,
  RiIndeterminateCircleLine,
  RiLoader4Line,
  RiPauseCircleFill,
  RiQuestionLine,
  RiTimeLine,
} from '@remixicon/react';
import {
  type StatusIcon,
  type StatusLook,
  type Tone,
} from '../../presentation/status';
import styles from './StatusLabel.module.css';

const ICONS: Record<StatusIcon, RemixiconComponentType> = {
  done: RiCheckboxCircleFill,
  moving: RiLoader4Line,
  waiting: RiTimeLine,
  attention: RiAlertFill,
  broken: RiCloseCircleFill,
  paused: RiPauseCircleFill,
  unknown: RiQuestionLine,
  absent: RiIndeterminateCircleLine,
};

const TONES: Record<Tone, string | undefined> = {
  positive: styles.positive,
  announcement: styles.announcement,
  warning: styles.warning,
  negative: styles.negative,
  neutral: styles.neutral,
};

/** A status: icon, word and colour. */
export function StatusLabel({ look }: { look: StatusLook }) {
  const Icon = ICONS[look.icon];
  const spin = look.icon === 'moving' ? styles.moving : '';
  return (
    <span className={`${styles.label} ${TONES[look.tone]}`}>
      <Icon className={`${styles.icon} ${spin}`} size={16} aria-hidden />
      {look.word}
    </span>
  );
}
