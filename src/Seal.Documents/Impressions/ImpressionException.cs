namespace Seal.Documents.Impressions;

/// <summary>
/// An impression cannot be made as asked. <see cref="Code"/> is a stable name from <see cref="ImpressionProblem"/>
/// for programs; the message is English, for maintainers, and names the field, what was found and what is allowed.
/// </summary>
public sealed class ImpressionException : Exception
{
    /// <summary>Names the problem, the field of <see cref="ImpressionDesign"/> it is about (or null) and says it in words.</summary>
    public ImpressionException(string code, string? field, string message, Exception? cause = null)
        : base(message, cause)
    {
        Code = code;
        Field = field;
    }

    /// <summary>One of the constants of <see cref="ImpressionProblem"/>.</summary>
    public string Code { get; }

    /// <summary>The property of <see cref="ImpressionDesign"/> at fault, or null when the fault is not in the design.</summary>
    public string? Field { get; }
}
