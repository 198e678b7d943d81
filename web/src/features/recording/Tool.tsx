import { Icon, type IconName } from './Icon';

interface ToolProps {
  icon: IconName;
  label: string;
  onClick: () => void;
  /** A few words beside the icon, where there is room. */
  text?: string;
  pressed?: boolean;
  disabled?: boolean;
}

/** A small button beside the timeline. */
export function Tool({ icon, label, onClick, text, pressed, disabled = false }: ToolProps) {
  return (
    <button
      type="button"
      className="vs-tool"
      aria-label={label}
      aria-pressed={pressed}
      // Not `disabled`: at the end of the zoom focus would fall to the page.
      aria-disabled={disabled || undefined}
      title={label}
      onClick={disabled ? undefined : onClick}
    >
      <Icon name={icon} />
      {text && <span aria-hidden="true">{text}</span>}
    </button>
  );
}
