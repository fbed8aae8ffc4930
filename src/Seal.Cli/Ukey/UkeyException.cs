namespace Seal.Cli.Ukey;

/// <summary>What was asked of a token or of the service was not done.</summary>
/// <param name="message">Why, and how to mend it.</param>
/// <param name="isRefused">Whether the token or the service refused; otherwise they could not be asked.</param>
internal sealed class UkeyException(string message, bool isRefused) : Exception(message)
{
    /// <summary>The token or the service refused.</summary>
    public bool IsRefused { get; } = isRefused;
}
