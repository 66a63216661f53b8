// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @title IEIP3009
/// @notice Transfers by signed authorization (EIP-3009), in the shape that USDC v2.2 gives it: every verb
/// takes the signature as v, r, s or as bytes. Amounts are atomic units, times are Unix seconds.
interface IEIP3009 {
    /// @notice An authorization was used by a transfer.
    event AuthorizationUsed(address indexed authorizer, bytes32 indexed nonce);

    /// @notice An authorization was cancelled unused.
    event AuthorizationCanceled(address indexed authorizer, bytes32 indexed nonce);

    /// @notice Moves `value` from `from` to `to`; anybody may send it.
    /// @param from The account that signed.
    /// @param to The receiver.
    /// @param value Atomic units.
    /// @param validAfter The authorization works only after this time.
    /// @param validBefore The authorization works only before this time.
    /// @param nonce 32 bytes that `from` has not used before.
    /// @param v The signature's v.
    /// @param r The signature's r.
    /// @param s The signature's s.
    function transferWithAuthorization(
        address from,
        address to,
        uint256 value,
        uint256 validAfter,
        uint256 validBefore,
        bytes32 nonce,
        uint8 v,
        bytes32 r,
        bytes32 s
    ) external;

    /// @notice As above, with the signature as bytes: r, s, v of a key, or what `from`'s contract accepts.
    /// @param from The account that signed.
    /// @param to The receiver.
    /// @param value Atomic units.
    /// @param validAfter The authorization works only after this time.
    /// @param validBefore The authorization works only before this time.
    /// @param nonce 32 bytes that `from` has not used before.
    /// @param signature r, s, v, or an ERC-1271 signature.
    function transferWithAuthorization(
        address from,
        address to,
        uint256 value,
        uint256 validAfter,
        uint256 validBefore,
        bytes32 nonce,
        bytes calldata signature
    ) external;

    /// @notice As transferWithAuthorization, but only `to` may send it, so nobody can run ahead of it.
    /// @param from The account that signed.
    /// @param to The receiver and caller.
    /// @param value Atomic units.
    /// @param validAfter The authorization works only after this time.
    /// @param validBefore The authorization works only before this time.
    /// @param nonce 32 bytes that `from` has not used before.
    /// @param v The signature's v.
    /// @param r The signature's r.
    /// @param s The signature's s.
    function receiveWithAuthorization(
        address from,
        address to,
        uint256 value,
        uint256 validAfter,
        uint256 validBefore,
        bytes32 nonce,
        uint8 v,
        bytes32 r,
        bytes32 s
    ) external;

    /// @notice As above, with the signature as bytes.
    /// @param from The account that signed.
    /// @param to The receiver and caller.
    /// @param value Atomic units.
    /// @param validAfter The authorization works only after this time.
    /// @param validBefore The authorization works only before this time.
    /// @param nonce 32 bytes that `from` has not used before.
    /// @param signature r, s, v, or an ERC-1271 signature.
    function receiveWithAuthorization(
        address from,
        address to,
        uint256 value,
        uint256 validAfter,
        uint256 validBefore,
        bytes32 nonce,
        bytes calldata signature
    ) external;

    /// @notice Makes an unused authorization unusable.
    /// @param authorizer The account that signed the cancellation.
    /// @param nonce The authorization's nonce.
    /// @param v The signature's v.
    /// @param r The signature's r.
    /// @param s The signature's s.
    function cancelAuthorization(address authorizer, bytes32 nonce, uint8 v, bytes32 r, bytes32 s) external;

    /// @notice As above, with the signature as bytes.
    /// @param authorizer The account that signed the cancellation.
    /// @param nonce The authorization's nonce.
    /// @param signature r, s, v, or an ERC-1271 signature.
    function cancelAuthorization(address authorizer, bytes32 nonce, bytes calldata signature) external;

    /// @notice Whether a nonce is spent.
    /// @param authorizer The account.
    /// @param nonce The nonce.
    /// @return True if it was used or cancelled.
    function authorizationState(address authorizer, bytes32 nonce) external view returns (bool);
}
