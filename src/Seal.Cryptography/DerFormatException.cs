namespace Seal.Cryptography;

/// <summary>
/// Bytes from outside (a certificate, a revocation list, a signature container) do not have the form they
/// claim. The only exception that parsers of this library throw for hostile input.
/// </summary>
public sealed class DerFormatException : FormatException
{
    /// <summary>Names the structure that could not be read, and why.</summary>
    public DerFormatException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }
}
