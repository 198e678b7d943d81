import { Icon, type IconName } from './Icon';

interface ControlButtonProps {
  icon: IconName;
  label: string;
  onClick: () => void;
  className?: string;
  text?: string;
  pressed?: boolean;
}

/** A button on the film's dark bar. */
export function ControlButton({ icon, label, onClick, className = '', text, pressed }: ControlButtonProps) {
  return (
    <button
      type="button"
      className={`vs-control ${className}`}
      aria-label={label}
      aria-pressed={pressed}
      title={label}
      onClick={onClick}
    >
      <Icon name={icon} />
      {text && <span aria-hidden="true">{text}</span>}
    </button>
  );
}
