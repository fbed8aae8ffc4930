namespace Seal.Cli.Verifying;

/// <summary>What is asked of <c>seal verify</c>.</summary>
/// <param name="Files">The documents.</param>
/// <param name="Trust">Files and folders of trusted certificates.</param>
/// <param name="RevocationLists">Files of revocation lists.</param>
/// <param name="RequireLedger">Whether a signature without a ledger record fails to pass.</param>
/// <param name="Json">Whether a machine reads the answer.</param>
/// <param name="Words">The words of the chosen language.</param>
internal sealed record VerifyRequest(
    IReadOnlyList<string> Files,
    IReadOnlyList<string> Trust,
    IReadOnlyList<string> RevocationLists,
    bool RequireLedger,
    bool Json,
    Wording Words);
