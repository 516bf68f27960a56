"""Pure rules: booking, places, French dates, safety, privacy, calendar, clock. No I/O."""
