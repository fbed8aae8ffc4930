namespace Seal.Documents.Ses;

/// <summary>
/// Bytes do not have the form of seal data or of a seal's signature (GB/T 38540, GM/T 0031), or what was asked to be
/// written cannot be put into that form. The only exception the readers of this namespace throw for hostile input.
/// </summary>
public sealed class SesFormatException : FormatException
{
    /// <summary>Names the structure and field by their names in the standard, and says what is wrong.</summary>
    public SesFormatException(string message, Exception? cause = null)
        : base(message, cause)
    {
    }
}
