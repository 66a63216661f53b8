// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {EIP712} from "@openzeppelin/contracts/utils/cryptography/EIP712.sol";
import {IChannelHub} from "./IChannelHub.sol";

/// @title ChannelHashing
/// @notice What payers and receivers of channels sign (EIP-712; x402's types to the letter).
abstract contract ChannelHashing is IChannelHub, EIP712 {
    /// @notice EIP-712 type hash of ChannelConfig.
    bytes32 public constant CHANNEL_CONFIG_TYPEHASH = keccak256(
        "ChannelConfig(address payer,address payerAuthorizer,address receiver,address receiverAuthorizer,address token,uint40 withdrawDelay,bytes32 salt)"
    );
    /// @notice EIP-712 type hash of Voucher.
    bytes32 public constant VOUCHER_TYPEHASH =
        keccak256("Voucher(bytes32 channelId,uint128 maxClaimableAmount)");
    /// @notice EIP-712 type hash of Refund.
    bytes32 public constant REFUND_TYPEHASH =
        keccak256("Refund(bytes32 channelId,uint256 nonce,uint128 amount)");
    /// @notice EIP-712 type hash of ClaimEntry.
    bytes32 public constant CLAIM_ENTRY_TYPEHASH =
        keccak256("ClaimEntry(bytes32 channelId,uint128 maxClaimableAmount,uint128 totalClaimed)");
    /// @notice EIP-712 type hash of ClaimBatch.
    bytes32 public constant CLAIM_BATCH_TYPEHASH = keccak256(
        "ClaimBatch(ClaimEntry[] claims)ClaimEntry(bytes32 channelId,uint128 maxClaimableAmount,uint128 totalClaimed)"
    );

    /// @notice A channel's id: on this chain, in this contract.
    /// @param config The channel.
    /// @return The EIP-712 digest of its config.
    function getChannelId(ChannelConfig calldata config) public view returns (bytes32) {
        return _hashTypedDataV4(keccak256(abi.encode(CHANNEL_CONFIG_TYPEHASH, config)));
    }

    /// @notice What is signed for a voucher.
    /// @param channelId The channel.
    /// @param maxClaimableAmount In all, since the channel began.
    /// @return The EIP-712 digest.
    function getVoucherDigest(bytes32 channelId, uint128 maxClaimableAmount) public view returns (bytes32) {
        return _hashTypedDataV4(keccak256(abi.encode(VOUCHER_TYPEHASH, channelId, maxClaimableAmount)));
    }

    /// @notice What a receiver's authorizer signs for a refund.
    /// @param channelId The channel.
    /// @param nonce The channel's `refundNonce`.
    /// @param amount As given to `refundWithSignature`.
    /// @return The EIP-712 digest.
    function getRefundDigest(bytes32 channelId, uint256 nonce, uint128 amount) public view returns (bytes32) {
        return _hashTypedDataV4(keccak256(abi.encode(REFUND_TYPEHASH, channelId, nonce, amount)));
    }

    /// @notice What a receiver's authorizer signs for a batch.
    /// @param voucherClaims The claims; none has a digest too, which is good for nothing.
    /// @return The EIP-712 digest.
    function getClaimBatchDigest(VoucherClaim[] calldata voucherClaims) public view returns (bytes32) {
        return _claimBatchDigest(voucherClaims, _channelIds(voucherClaims));
    }

    /// @notice Ids of claims' channels.
    /// @param rows The claims.
    /// @return ids In the same order.
    function _channelIds(VoucherClaim[] calldata rows) internal view returns (bytes32[] memory ids) {
        ids = new bytes32[](rows.length);
        bytes32 domain = _domainSeparatorV4();
        for (uint256 i = 0; i < rows.length; ++i) {
            ids[i] = _channelIdIn(domain, rows[i].voucher.channel);
        }
    }

    /// @notice As `getChannelId` of a config that is none of a channel's if its words are dirty: what was deposited
    /// was read member by member, so that the id of dirty words is nobody's.
    /// @param domain This contract's domain separator.
    /// @param config The channel.
    /// @return id The EIP-712 digest of its words.
    function _channelIdIn(bytes32 domain, ChannelConfig calldata config) internal pure returns (bytes32 id) {
        bytes32 typeHash = CHANNEL_CONFIG_TYPEHASH;
        assembly ("memory-safe") {
            let words := mload(0x40)
            mstore(words, typeHash)
            calldatacopy(add(words, 0x20), config, 0xe0)
            mstore(add(words, 0x22), keccak256(words, 0x100))
            mstore(add(words, 0x02), domain)
            mstore(words, or(shl(240, 0x1901), shr(16, domain)))
            id := keccak256(words, 0x42)
        }
    }

    /// @notice As `getVoucherDigest`.
    /// @param domain This contract's domain separator.
    /// @param channelId The channel.
    /// @param maxClaimableAmount In all, since the channel began.
    /// @return digest The EIP-712 digest.
    function _voucherDigestIn(bytes32 domain, bytes32 channelId, uint128 maxClaimableAmount)
        internal
        pure
        returns (bytes32 digest)
    {
        bytes32 typeHash = VOUCHER_TYPEHASH;
        assembly ("memory-safe") {
            let words := mload(0x40)
            mstore(words, typeHash)
            mstore(add(words, 0x20), channelId)
            mstore(add(words, 0x40), maxClaimableAmount)
            mstore(add(words, 0x22), keccak256(words, 0x60))
            mstore(add(words, 0x02), domain)
            mstore(words, or(shl(240, 0x1901), shr(16, domain)))
            digest := keccak256(words, 0x42)
        }
    }

    /// @notice As `getClaimBatchDigest`.
    /// @param rows The claims.
    /// @param ids Their channels' ids.
    /// @return The EIP-712 digest.
    function _claimBatchDigest(VoucherClaim[] calldata rows, bytes32[] memory ids)
        internal
        view
        returns (bytes32)
    {
        bytes32[] memory entries = new bytes32[](rows.length);
        for (uint256 i = 0; i < rows.length; ++i) {
            entries[i] = keccak256(
                abi.encode(
                    CLAIM_ENTRY_TYPEHASH, ids[i], rows[i].voucher.maxClaimableAmount, rows[i].totalClaimed
                )
            );
        }
        bytes32 root = keccak256(abi.encodePacked(entries));
        return _hashTypedDataV4(keccak256(abi.encode(CLAIM_BATCH_TYPEHASH, root)));
    }
}
