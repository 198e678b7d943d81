import type { Protocol, ProtocolAsks, ProtocolPosts, ProtocolStep } from '../../api/types';
import { useProtocolWords } from './useProtocolWords';

type ProtocolRole = keyof ProtocolAsks;

const roles: readonly ProtocolRole[] = ['owner', 'participant', 'leader'];

interface ProtocolStepsProps {
  protocol: Protocol;
  /** Only what is asked of these; of everyone when it is left out. A leader who owns is asked both. */
  of?: readonly ProtocolRole[];
  /** The step a session is at, -1 while it is prepared. */
  current?: number;
  /** Also what can be posted, what is refused, and when to go on: for who looks after the protocols. */
  detailed?: boolean;
}

interface AskedProps {
  asks: ProtocolAsks;
  of: readonly ProtocolRole[];
}

/** One sentence per role; the role is not named where there is only one. */
function Asked({ asks, of }: AskedProps) {
  const { t, text } = useProtocolWords();
  if (of.length === 1) return <p>{of.map((role) => text(asks[role]))}</p>;
  return (
    <dl className="vs-protocol__asks">
      {of.map((role) => (
        <div key={role}>
          <dt>{t(`roles.${role}`)}</dt>
          <dd>{text(asks[role])}</dd>
        </div>
      ))}
    </dl>
  );
}

type WithPosts = Pick<ProtocolStep, 'posts' | 'refused'>;

function Posts({ posts, refused }: WithPosts) {
  const words = useProtocolWords();
  return (
    <details className="vs-protocol__posts">
      <summary>{words.t('posts')}</summary>
      <dl className="vs-protocol__asks">
        {roles.map((role: keyof ProtocolPosts) => (
          <div key={role}>
            <dt>{words.t(`roles.${role}`)}</dt>
            <dd>{words.posts(posts[role])}</dd>
          </div>
        ))}
        <div>
          <dt>{words.t('refused')}</dt>
          <dd>{words.text(refused)}</dd>
        </div>
      </dl>
    </details>
  );
}

/** What makes a step other than just talking, in short lines. */
function useMarks() {
  const { t, film } = useProtocolWords();
  return (step: ProtocolStep, choosesHere: boolean, detailed: boolean): string[] => [
    ...(step.film === 'none' ? [] : [film(step)]),
    ...(step.blind ? [t('blind')] : []),
    ...(step.reveal ? [t('reveal')] : []),
    ...(choosesHere ? [t('choose')] : []),
    ...(step.rehearse ? [t('rehearse')] : []),
    ...(detailed ? [t(`gate.${step.gate}`)] : []),
  ];
}

function Marks({ marks }: { marks: readonly string[] }) {
  if (marks.length === 0) return null;
  return (
    <ul className="vs-protocol__marks">
      {marks.map((mark) => (
        <li key={mark}>{mark}</li>
      ))}
    </ul>
  );
}

function Prepare({ protocol, of, current, detailed }: Required<ProtocolStepsProps>) {
  const { t } = useProtocolWords();
  const { asks, blind, posts, refused } = protocol.prepare;
  return (
    <li
      className="vs-protocol__step vs-protocol__step--before"
      aria-current={current === -1 ? 'step' : undefined}
    >
      <p className="vs-protocol__name">{t('prepare')}</p>
      <Asked asks={asks} of={of} />
      <Marks marks={blind ? [t('blind')] : []} />
      {detailed && <Posts posts={posts} refused={refused} />}
    </li>
  );
}

/** The steps of a protocol, one below the other: what is asked of whom, and about how long it takes. */
export function ProtocolSteps({
  protocol,
  of = roles,
  current = Number.NaN,
  detailed = false,
}: ProtocolStepsProps) {
  const { text, minutes } = useProtocolWords();
  const marks = useMarks();
  return (
    <ol className="vs-protocol">
      <Prepare protocol={protocol} of={of} current={current} detailed={detailed} />
      {protocol.steps.map((step, at) => (
        <li key={step.id} className="vs-protocol__step" aria-current={current === at ? 'step' : undefined}>
          <p className="vs-protocol__name">
            {text(step.name)} <span className="vs-subtle">{minutes(step.minutes)}</span>
          </p>
          <Asked asks={step.asks} of={of} />
          <Marks marks={marks(step, step.id === protocol.choose, detailed)} />
          {detailed && <Posts posts={step.posts} refused={step.refused} />}
        </li>
      ))}
    </ol>
  );
}
