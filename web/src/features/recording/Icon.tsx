const paths = {
  play: <path d="M8 5.500v13l11-6.500z" fill="currentColor" stroke="none" />,
  pause: <path d="M7 5.500h3.500v13H7zM13.500 5.500H17v13h-3.500z" fill="currentColor" stroke="none" />,
  back: <path d="M11 7 6 12l5 5M18 7l-5 5 5 5" />,
  forward: <path d="m13 7 5 5-5 5M6 7l5 5-5 5" />,
  sound: <path d="M5 10v4h3l4 3.500v-11L8 10zM15.500 9.500a3.500 3.500 0 0 1 0 5M18 7a7 7 0 0 1 0 10" />,
  muted: <path d="M5 10v4h3l4 3.500v-11L8 10zM16 10l4 4m0-4-4 4" />,
  full: <path d="M5 9V5h4M15 5h4v4M19 15v4h-4M9 19H5v-4" />,
  keys: <path d="M3.500 7h17v10h-17zM7 10.500h.01M10.500 10.500h.01M14 10.500h.01M17 10.500h.01M8 14h8" />,
};

export type IconName = keyof typeof paths;

export function Icon({ name }: { name: IconName }) {
  return (
    <svg
      className="vs-icon"
      viewBox="0 0 24 24"
      aria-hidden="true"
      focusable="false"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.800"
      strokeLinecap="round"
      strokeLinejoin="round"
    >
      {paths[name]}
    </svg>
  );
}
