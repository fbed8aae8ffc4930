namespace Seal.Ledger;

/// <summary>The ledger refused or could not do what was asked. Every kind carries its facts as properties.</summary>
public abstract class LedgerException : Exception
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">For a maintainer.</param>
    /// <param name="inner">The cause, if another exception.</param>
    protected LedgerException(string message, Exception? inner = null)
        : base(message, inner)
    {
    }
}
