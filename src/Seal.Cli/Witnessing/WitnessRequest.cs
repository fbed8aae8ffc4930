namespace Seal.Cli.Witnessing;

/// <summary>What is asked of <c>seal witness</c>.</summary>
/// <param name="Listen">Address and port.</param>
/// <param name="State">Folder of what was cosigned.</param>
/// <param name="Key">File of the witness's key.</param>
/// <param name="Name">Name of a key that is made; null: after the machine.</param>
/// <param name="Logs">Keys of logs, or files of them.</param>
internal sealed record WitnessRequest(string Listen, string State, string Key, string? Name, IReadOnlyList<string> Logs);
