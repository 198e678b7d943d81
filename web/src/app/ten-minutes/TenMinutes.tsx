import { Button } from '@utrecht/component-library-react';
import { type ReactNode, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { Navigate, useNavigate } from 'react-router';
import type { LookBackChange, Recording } from '../../api/types';
import type { Writing } from '../../features/annotations/useWriting';
import type { Keeper } from '../../features/look-back/keeper';
import { MemoryStep } from '../../features/look-back/MemoryStep';
import { placeOf, written } from '../../features/look-back/places';
import { type KeptLookBack, useLookBack } from '../../features/look-back/useLookBack';
import { LineStep } from '../../features/next-steps/LineStep';
import type { Player } from '../../features/recording/player';
import { ErrorMessage } from '../../ui/Message';
import { Placeholder } from '../../ui/Placeholder';
import { FilmStep } from './FilmStep';

const steps = ['memory', 'film', 'next_step'] as const;
type Step = (typeof steps)[number];

interface StepFrameProps {
  step: Step;
  onBack: (() => void) | undefined;
  children: ReactNode;
}

/** One question at a time. Its heading has focus when it comes, so that a screen reader begins there. */
function StepFrame({ step, onBack, children }: StepFrameProps) {
  const { t } = useTranslation('lookBack');
  const heading = useRef<HTMLHeadingElement>(null);
  const first = useRef(true);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new step is a new question
  useEffect(() => {
    // The first one is the page's own beginning.
    if (!first.current) heading.current?.focus();
    first.current = false;
  }, [step]);
  return (
    <section className="vs-ten" aria-labelledby="ten-minutes-step">
      <p className="vs-subtle vs-ten__at">{t('tenMinutes.at', { at: steps.indexOf(step) + 1 })}</p>
      <h2 id="ten-minutes-step" className="utrecht-heading-2" tabIndex={-1} ref={heading}>
        {t(`titles.${step}`)}
      </h2>
      {children}
      {onBack && (
        <Button appearance="subtle-button" className="vs-ten__back" onClick={onBack}>
          {t('tenMinutes.back')}
        </Button>
      )}
    </section>
  );
}

interface TenMinutesProps {
  recording: Recording;
  player: Player;
  writing: Writing;
  keeper: Keeper;
}

/** What follows a step, wherever it was left. */
function useSteps(recording: Recording, player: Player, { lookBack, keep, flush }: KeptLookBack) {
  const navigate = useNavigate();
  const toFilm = () => {
    const memories = written(lookBack?.memories ?? []);
    const durationMs = recording.durationMs ?? player.snapshot().durationMs;
    const positionMs = memories[0] ? placeOf(memories[0].part, durationMs) : 0;
    player.seek(positionMs);
    keep({ memories, memoryIndex: 0, positionMs, step: 'film' });
  };
  const toLine = () => {
    player.pause();
    keep({ step: 'next_step' });
  };
  const finish = () => {
    keep({ step: 'done', nextStep: '' });
    void flush();
    void navigate(`/opnames/${recording.id}`, { replace: true });
  };
  const back = (step: Step): (() => void) | undefined => {
    const before = steps[steps.indexOf(step) - 1];
    return before && (() => keep({ step: before } satisfies LookBackChange));
  };
  return { toFilm, toLine, finish, back };
}

/** "Tien minuten": memory before picture, the film there, one line to try. Left half-way, it goes on there. */
export function TenMinutes({ recording, player, writing, keeper }: TenMinutesProps) {
  const kept = useLookBack(recording.id, keeper);
  const { lookBack, error, keeping, keep, retry } = kept;
  const { toFilm, toLine, finish, back } = useSteps(recording, player, kept);
  if (error) return <ErrorMessage error={error} again={retry} />;
  if (!lookBack) return <Placeholder size="page" />;
  if (lookBack.step === 'done') return <Navigate to={`/opnames/${recording.id}`} replace />;
  const step = lookBack.step ?? 'memory';
  return (
    <StepFrame step={step} onBack={back(step)}>
      {step === 'memory' && (
        <MemoryStep
          memories={lookBack.memories}
          onChange={(memories) => keep({ memories, step: 'memory' })}
          keeping={keeping}
          onNext={toFilm}
        />
      )}
      {step === 'film' && (
        <FilmStep
          recordingId={recording.id}
          player={player}
          writing={writing}
          canAnnotate={recording.can.annotate}
          lookBack={lookBack}
          keep={keep}
          onNext={toLine}
        />
      )}
      {step === 'next_step' && (
        <LineStep text={lookBack.nextStep} onChange={(nextStep) => keep({ nextStep })} onDone={finish} />
      )}
    </StepFrame>
  );
}
