import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';

const MINUTE_MS = 60_000;

/** Whole minutes since a moment, looked at again as each one passes. */
function useMinutesSince(began: string): number {
  const [now, setNow] = useState(() => Date.now());
  const gone = Math.max(0, Math.floor((now - Date.parse(began)) / MINUTE_MS));
  useEffect(() => {
    const next = Date.parse(began) + (gone + 1) * MINUTE_MS - Date.now();
    const timer = window.setTimeout(() => setNow(Date.now()), Math.max(next, 0) + 50);
    return () => window.clearTimeout(timer);
  }, [began, gone]);
  return gone;
}

interface StepClockProps {
  began: string;
  minutes: number;
}

/** The clock, where the group switched it on. It counts whole minutes, and nobody is late by it. */
export function StepClock({ began, minutes }: StepClockProps) {
  const { t } = useTranslation('sessionRun');
  const gone = useMinutesSince(began);
  return (
    <p className="vs-step-clock">
      {gone >= minutes ? t('clock.over', { count: minutes }) : t('clock.of', { gone, count: minutes })}
    </p>
  );
}
