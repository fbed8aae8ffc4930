namespace Seal.Ledger;

/// <summary>The bytes are not JSON that has one canonical form under RFC 8785; the message says why.</summary>
public sealed class CanonicalJsonException : FormatException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">What is wrong, for a maintainer.</param>
    /// <param name="inner">The parser's own exception, when there is one.</param>
    public CanonicalJsonException(string message, Exception? inner = null)
        : base(message, inner)
    {
    }
}
