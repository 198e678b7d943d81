import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { ConversationLine, Recording } from '../../api/types';
import { formatTimecode } from '../../time/timecode';
import { useDates } from '../../time/useDates';
import { ScopeSentence } from '../../ui/ScopeSentence';
import { StepPicture } from './StepPicture';

function target(line: ConversationLine): string {
  const ready = line.recordings?.find(({ state }) => state === 'ready');
  if (line.state === 'waiting') return `/gesprekken/${line.id}`;
  return ready && line.recordings?.length === 1 ? `/opnames/${ready.id}` : `/gesprekken/${line.id}`;
}

type NextStep = 'waiting' | 'add' | 'sending' | 'processing' | 'failed' | 'lookBack' | 'paused';

function nextStep(line: ConversationLine): NextStep {
  if (line.state === 'waiting') return 'waiting';
  if (line.recordings?.some(({ paused }) => paused)) return 'paused';
  const states = (line.recordings ?? []).map(({ state }) => state);
  if (states.includes('uploading')) return 'sending';
  if (states.includes('ready')) return 'lookBack';
  if (states.includes('processing')) return 'processing';
  return states.includes('failed') ? 'failed' : 'add';
}

function Poster({ recording }: { recording: Recording | undefined }) {
  if (recording?.state !== 'ready') {
    return (
      <div className="vs-poster vs-poster--empty">
        <StepPicture step={recording ? 'film' : 'table'} />
      </div>
    );
  }
  return (
    <div className="vs-poster" aria-hidden="true">
      <svg viewBox="0 0 24 24" aria-hidden="true" focusable="false">
        <path d="M9 6.500v11l9-5.500z" fill="currentColor" />
      </svg>
      {recording.durationMs !== undefined && <span>{formatTimecode(recording.durationMs)}</span>}
    </div>
  );
}

interface ConversationCardProps {
  line: ConversationLine;
  /** What can be done with its film, under what is said of it. */
  children?: ReactNode;
}

export function ConversationCard({ line, children }: ConversationCardProps) {
  const { t } = useTranslation('conversations');
  const dates = useDates();
  if (line.state === 'erased') {
    return (
      <li className="vs-erased-line">
        {t('erased')}
        {line.erasedAt && <span className="vs-subtle">{dates.day(line.erasedAt)}</span>}
      </li>
    );
  }
  const recording = line.recordings?.find(({ state }) => state === 'ready') ?? line.recordings?.[0];
  const moment = line.heldAt ? dates.moment(line.heldAt) : '';
  const step = nextStep(line);
  return (
    <li className="vs-card">
      <Poster recording={recording} />
      <div className="vs-card__text">
        <h3 className="vs-card__title">
          <Link to={target(line)}>{line.label || moment}</Link>
        </h3>
        {line.label && <p className="vs-subtle">{moment}</p>}
        <p className={`vs-card__step vs-card__step--${step}`}>{t(`next.${step}`)}</p>
        {recording?.state === 'ready' && (
          <p className="vs-subtle">
            {!recording.paused && !recording.waiting && <ScopeSentence scopes={recording.scopes} />}{' '}
            {t('until', { day: dates.day(recording.expiresAt) })}
          </p>
        )}
        {children}
      </div>
    </li>
  );
}
