/** Hoverdeck's mark: a drone from above, which is also a viewfinder around a lens. */
export function Mark({ className }: { className?: string | undefined }) {
  return (
    <svg viewBox="6 6 52 52" fill="none" aria-hidden="true" className={className}>
      <g stroke="currentColor" strokeWidth="3" strokeLinecap="round" strokeLinejoin="round">
        <path d="M23.5 23.5 27 27M40.5 23.5 37 27M23.5 40.5 27 37M40.5 40.5 37 37" />
        <path d="M12.6 24.4A8.5 8.5 0 1 1 24.4 12.6" />
        <path d="M39.6 12.6A8.5 8.5 0 1 1 51.4 24.4" />
        <path d="M51.4 39.6A8.5 8.5 0 1 1 39.6 51.4" />
        <path d="M24.4 51.4A8.5 8.5 0 1 1 12.6 39.6" />
        <circle cx="32" cy="32" r="7" />
      </g>
      <circle cx="32" cy="32" r="2.5" fill="currentColor" />
    </svg>
  );
}
