import { useTranslation } from 'react-i18next';
import type { RegisterClosing, RegisterErasure, RegisterEvent, RegisterTimeline } from '../../api/types';
import { useWords } from './words';

export interface Entry {
  key: string;
  at: string;
  title: string;
  detail: string;
}

const joined = (...parts: (string | false | undefined)[]) => parts.filter(Boolean).join(' · ');

/** Everything that happened to a consent, in one order of time. */
export function useTimeline(): (line: RegisterTimeline) => Entry[] {
  const { t } = useTranslation('register');
  const words = useWords();

  const event = (e: RegisterEvent, index: number): Entry => ({
    key: `event ${index}`,
    at: e.at,
    title: t(`event.${e.kind}`),
    detail: joined(
      t(`by.${e.byWhom}`),
      e.kind === 'given' && words.method(e.method),
      e.capacity && words.capacity(e.capacity),
      e.told && t('told'),
      e.reason && t(`invalidity.${e.reason}`),
      (e.kind === 'given' || e.kind === 'narrowed' || e.kind === 'widened') && words.scopes(e.scopes),
    ),
  });

  const stages = (e: RegisterErasure, index: number): Entry[] =>
    (
      [
        [
          'requested',
          e.requestedAt,
          t(e.what === 'recording' ? 'erasure.requestedOne' : 'erasure.requested'),
        ],
        ['stopped', e.stoppedAt, t('erasure.stopped')],
        ['key', e.keyDestroyedAt, t('erasure.keyDestroyed')],
        ['erased', e.erasedAt, t('erasure.erased')],
      ] as const
    ).flatMap(([stage, at, title]) =>
      at
        ? [
            {
              key: `erasure ${index} ${stage}`,
              at,
              title,
              detail: stage === 'erased' ? t('erasure.objects', { count: e.objects ?? 0 }) : '',
            },
          ]
        : [],
    );

  const closing = (c: RegisterClosing): Entry => ({
    key: c.id,
    at: c.proposedAt,
    title: t('proposed', { who: c.proposedBy }),
    detail: joined(
      t(`closing.${c.kind}`),
      c.how && t(`channel.${c.how}`),
      c.reason && t(`invalidity.${c.reason}`),
      t(`closing.state.${c.state}`, { who: c.decidedBy ?? '' }),
    ),
  });

  return (line) =>
    [
      ...line.events.map(event),
      ...line.closings.map(closing),
      ...line.unmaskings.map((u, index) => ({
        key: `unmasking ${index}`,
        at: u.at,
        title: t('unmasked', { who: u.by }),
        detail: t(`unmaskReason.${u.reason}`),
      })),
      ...line.erasures.flatMap(stages),
    ].sort((a, b) => Date.parse(a.at) - Date.parse(b.at));
}
