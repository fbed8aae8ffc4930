namespace Seal.Cli.Auditing;

/// <summary>What is asked of <c>seal audit</c>.</summary>
/// <param name="Source">Address, folder or connection string.</param>
/// <param name="Keys">Keys or files of them.</param>
/// <param name="Kept">Files of checkpoints.</param>
/// <param name="Keep">Where the newest checkpoint goes.</param>
/// <param name="State">Where an interrupted audit leaves off.</param>
/// <param name="Witnesses">Keys of witnesses or files of them.</param>
/// <param name="WitnessesNeeded">How many of them must have cosigned a checkpoint; null: all.</param>
/// <param name="Trust">Files of root certificates, for an evidence file.</param>
/// <param name="Token">The bearer token.</param>
/// <param name="Json">Whether a machine reads the answer.</param>
/// <param name="IsChinese">Whether sentences are Chinese.</param>
internal sealed record AuditRequest(
    string Source, IReadOnlyList<string> Keys, IReadOnlyList<string> Kept, string? Keep, string? State, IReadOnlyList<string> Witnesses, int? WitnessesNeeded,
    IReadOnlyList<string> Trust, string? Token, bool Json, bool IsChinese);

/// <summary>What was asked cannot be done: a file that is of no use, or a source that is none.</summary>
/// <param name="message">Why, in one sentence.</param>
internal sealed class AuditRequestException(string message) : Exception(message);
