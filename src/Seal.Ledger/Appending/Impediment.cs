namespace Seal.Ledger.Appending;

/// <summary>What keeps this process from appending anything, as its last batch found it.</summary>
internal sealed class Impediment
{
    private LedgerException? _cause;

    /// <summary>Why the last batch could not be made; null if it was.</summary>
    public LedgerException? Cause => Volatile.Read(ref _cause);

    /// <summary>A whole batch was refused.</summary>
    public void Met(LedgerException cause) => Volatile.Write(ref _cause, cause);

    /// <summary>A batch was committed.</summary>
    public void Overcome() => Volatile.Write(ref _cause, null);
}
