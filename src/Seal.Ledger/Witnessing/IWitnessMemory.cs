namespace Seal.Ledger.Witnessing;

/// <summary>What a witness must never forget: for each log the checkpoint that it cosigned last.</summary>
public interface IWitnessMemory
{
    /// <summary>Reads the last checkpoint of a log.</summary>
    /// <param name="origin">The log.</param>
    /// <param name="ct">Cancels the read.</param>
    /// <returns>The note as it was kept; null if there never was one.</returns>
    Task<string?> ReadAsync(string origin, CancellationToken ct);

    /// <summary>Keeps a checkpoint in place of the last. When it returns, a loss of power cannot take it back.</summary>
    /// <param name="origin">The log.</param>
    /// <param name="note">The checkpoint with the log's signatures.</param>
    /// <returns>When it is on disk.</returns>
    Task KeepAsync(string origin, string note);

    /// <summary>Keeps a checkpoint that contradicts the last one: with that one it proves to anybody that the log lied. Only the first is kept.</summary>
    /// <param name="origin">The log.</param>
    /// <param name="note">The checkpoint with the log's signatures.</param>
    /// <returns>When it is on disk.</returns>
    Task KeepContradictionAsync(string origin, string note);
}
