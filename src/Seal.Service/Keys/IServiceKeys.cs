using Seal.Cryptography.Keys;

namespace Seal.Service.Keys;

/// <summary>The service's own signing keys by name, made on first use: in the token where it can do the algorithm, in the vault where not.</summary>
public interface IServiceKeys
{
    /// <summary>The key of a name.</summary>
    Task<ISigner> GetAsync(string name, SignatureAlgorithm algorithm, CancellationToken cancellation);
}
