namespace Seal.Ledger;

/// <summary>How far a reader is, whichever process leads it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Version">The version of the code that reads.</param>
/// <param name="Generation">Tells the builds of one projection apart; the highest is the newest.</param>
/// <param name="Serving">Whether this build is the one read from; false while it is still catching up.</param>
/// <param name="Position">The position of the next event it will take.</param>
/// <param name="LagEvents">Events of the log that it has not taken.</param>
/// <param name="LagTime">How long ago the oldest of them was recorded.</param>
/// <param name="IsLed">Whether a process reads now.</param>
/// <param name="Fault">Where it stands still, or null.</param>
public sealed record ReaderState(
    string Name, int Version, long Generation, bool Serving, long Position, long LagEvents, TimeSpan LagTime, bool IsLed, ReaderFault? Fault);

/// <summary>An event that a reader could not take. It is tried again with growing pauses; nothing after it is read until then.</summary>
/// <param name="Position">The event's position.</param>
/// <param name="Code">What went wrong: PostgreSQL's SQLSTATE or the name of the exception. Nothing of what the event says.</param>
/// <param name="Since">When it was first tried, by the database's clock.</param>
/// <param name="Attempts">How often.</param>
public sealed record ReaderFault(long Position, string Code, DateTimeOffset Since, int Attempts);
