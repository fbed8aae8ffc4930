using Seal.Cryptography.Notes;
using Seal.Ledger;
using Seal.Ledger.Witnessing;
using Seal.Service.Settings;
using Seal.Service.Start;

namespace Seal.Service.Keys;

/// <summary>Reads the witnesses out of the settings.</summary>
public static class WitnessKeys
{
    /// <summary>The witnesses.</summary>
    /// <exception cref="StartupException">One of them is none.</exception>
    public static WitnessOptions Read(LedgerSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        return new WitnessOptions
        {
            Peers = [.. settings.Witnesses.Select(Peer)],
            Needed = settings.WitnessesNeeded,
            Interval = settings.WitnessInterval,
        };
    }

    private static WitnessPeer Peer(WitnessSettings settings)
    {
        if (!Uri.TryCreate(settings.Url, UriKind.Absolute, out var address))
        {
            throw new StartupException($"'{settings.Url}' in Seal:Ledger:Witnesses is no address of a witness: write https://witness.example or the like.");
        }

        try
        {
            return new WitnessPeer(address, new WitnessKey(CosignatureVerifier.Parse(settings.Key)));
        }
        catch (FormatException wrong)
        {
            throw new StartupException($"The key of {address} in Seal:Ledger:Witnesses is none: {wrong.Message} The witness prints it when it starts.", wrong);
        }
    }

    private sealed class WitnessKey(CosignatureVerifier key) : INoteVerifier
    {
        public string Name => key.Name;

        public uint KeyId => key.KeyId;

        public bool Verify(ReadOnlySpan<byte> note, ReadOnlySpan<byte> signature) => key.Verify(note, signature);
    }
}
