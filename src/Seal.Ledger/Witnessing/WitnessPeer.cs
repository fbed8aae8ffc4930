namespace Seal.Ledger.Witnessing;

/// <summary>A witness that the log asks to cosign its checkpoints.</summary>
/// <param name="Address">Its submission prefix; <c>/add-checkpoint</c> is added to it.</param>
/// <param name="Key">Its key; cosignatures are of <c>cosignature/v1</c> of C2SP tlog-cosignature or another form that begins with the time.</param>
public sealed record WitnessPeer(Uri Address, INoteVerifier Key);

/// <summary>Which witnesses a log has, and how many of them make a checkpoint witnessed.</summary>
public sealed record WitnessOptions
{
    /// <summary>The witnesses; none: the log asks nobody.</summary>
    public IReadOnlyList<WitnessPeer> Peers { get; init; } = [];

    /// <summary>How many of them must cosign the same checkpoint, from 1 to all.</summary>
    public int Needed { get; init; } = 1;

    /// <summary>The shortest time between two checkpoints that are sent to them.</summary>
    public TimeSpan Interval { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How long a checkpoint waits for enough cosignatures while there is a newer one.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long a witness may take to answer.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>The longest pause after a witness has failed again and again.</summary>
    public TimeSpan LongestPause { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Says what is wrong with the settings.</summary>
    /// <exception cref="LedgerConfigurationException">Something is.</exception>
    internal void Require()
    {
        if (Peers.Count == 0)
        {
            return;
        }

        if (Needed < 1 || Needed > Peers.Count)
        {
            throw new LedgerConfigurationException($"{Needed} witnesses are needed and {Peers.Count} are named: the number is from 1 to {Peers.Count}.");
        }

        if (Peers.FirstOrDefault(peer => peer.Address is not { IsAbsoluteUri: true, Scheme: "http" or "https" }) is { } wrong)
        {
            throw new LedgerConfigurationException($"'{wrong.Address}' is no address of a witness: write https://witness.example or the like.");
        }

        if (Peers.DistinctBy(peer => (peer.Key.Name, peer.Key.KeyId)).Count() < Peers.Count)
        {
            throw new LedgerConfigurationException("A witness is named twice: one witness counts once.");
        }
    }
}
