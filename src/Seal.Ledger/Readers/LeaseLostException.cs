namespace Seal.Ledger.Readers;

/// <summary>Another process leads the reader now, or its build is gone: nothing that this one does may count any more.</summary>
internal sealed class LeaseLostException(string reader) : LedgerException($"Another process leads the reader '{reader}' now.");
