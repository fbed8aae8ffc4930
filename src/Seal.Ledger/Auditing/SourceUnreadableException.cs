namespace Seal.Ledger.Auditing;

/// <summary>The source could not be read, so there is nothing to say about it, neither good nor bad.</summary>
/// <param name="message">What went wrong, in one sentence.</param>
/// <param name="inner">The cause.</param>
public sealed class SourceUnreadableException(string message, Exception? inner = null) : LedgerException(message, inner);
