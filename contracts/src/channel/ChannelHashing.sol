// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {EIP712} from "@openzeppelin/contracts/utils/cryptography/EIP712.sol";
import {ClaimRows} from "./ClaimRows.sol";
import {IChannelHub} from "./IChannelHub.sol";

/// @title ChannelHashing
/// @notice What payers and receivers of channels sign (EIP-712; x402's types to the letter).
abstract contract ChannelHashing is IChannelHub, EIP712 {
    using ClaimRows for VoucherClaim;
    using ClaimRows for VoucherClaim[];

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

    /// @dev Where in `_newDigestWords` the hash of what is signed goes, after prefix and domain.
    uint256 private constant _STRUCT_HASH = 0x40;
    /// @dev Where a channel's type and members are.
    uint256 private constant _CHANNEL = 0x60;
    /// @dev Where a voucher's are.
    uint256 private constant _VOUCHER = 0x160;
    /// @dev Bytes of it all.
    uint256 private constant _DIGEST_WORDS = 0x1c0;

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
        return _claimBatchDigest(voucherClaims, _channelIds(_newDigestWords(), voucherClaims));
    }

    /// @notice Memory in which digests are made, one after the other; what all of them share is written here, once.
    /// @return words Where it begins: prefix and domain, then what is hashed of a channel, then of a voucher.
    function _newDigestWords() internal view returns (uint256 words) {
        bytes32 domain = _domainSeparatorV4();
        bytes32 channelType = CHANNEL_CONFIG_TYPEHASH;
        bytes32 voucherType = VOUCHER_TYPEHASH;
        assembly ("memory-safe") {
            words := mload(0x40)
            mstore(0x40, add(words, _DIGEST_WORDS))
            mstore(words, 0x1901)
            mstore(add(words, 0x20), domain)
            mstore(add(words, _CHANNEL), channelType)
            mstore(add(words, _VOUCHER), voucherType)
        }
    }

    /// @notice As `getChannelId` of a config that is none of a channel's if its words are dirty: what was deposited
    /// was read member by member, so that the id of dirty words is nobody's.
    /// @param words Of `_newDigestWords`.
    /// @param config The channel.
    /// @return id The EIP-712 digest of its words.
    function _channelIdIn(uint256 words, ChannelConfig calldata config) internal pure returns (bytes32 id) {
        assembly ("memory-safe") {
            calldatacopy(add(words, add(_CHANNEL, 0x20)), config, 0xe0)
            mstore(add(words, _STRUCT_HASH), keccak256(add(words, _CHANNEL), 0x100))
            id := keccak256(add(words, 0x1e), 0x42)
        }
    }

    /// @notice As `getVoucherDigest`.
    /// @param words Of `_newDigestWords`.
    /// @param channelId The channel.
    /// @param maxClaimableAmount In all, since the channel began.
    /// @return digest The EIP-712 digest.
    function _voucherDigestIn(uint256 words, bytes32 channelId, uint256 maxClaimableAmount)
        internal
        pure
        returns (bytes32 digest)
    {
        assembly ("memory-safe") {
            mstore(add(words, add(_VOUCHER, 0x20)), channelId)
            mstore(add(words, add(_VOUCHER, 0x40)), maxClaimableAmount)
            mstore(add(words, _STRUCT_HASH), keccak256(add(words, _VOUCHER), 0x60))
            digest := keccak256(add(words, 0x1e), 0x42)
        }
    }

    /// @notice Ids of claims' channels.
    /// @param words Of `_newDigestWords`.
    /// @param rows The claims.
    /// @return ids In the same order.
    function _channelIds(uint256 words, VoucherClaim[] calldata rows)
        internal
        pure
        returns (bytes32[] memory ids)
    {
        ids = new bytes32[](rows.length);
        for (uint256 i = 0; i < rows.length; ++i) {
            ids[i] = _channelIdIn(words, rows.rowAt(i).voucher.channel);
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
            VoucherClaim calldata row = rows.rowAt(i);
            row.requireAmounts();
            (uint256 ceiling,) = row.ceiling();
            entries[i] = _hashEntry(ids[i], ceiling, row.total());
        }
        bytes32 root = keccak256(abi.encodePacked(entries));
        return _hashTypedDataV4(keccak256(abi.encode(CLAIM_BATCH_TYPEHASH, root)));
    }

    /// @dev What stands for a claim in its batch. Memory is not taken, which a hundred claims would pay for.
    function _hashEntry(bytes32 channelId, uint256 maxClaimableAmount, uint256 totalClaimed)
        private
        pure
        returns (bytes32 hash)
    {
        bytes32 typeHash = CLAIM_ENTRY_TYPEHASH;
        assembly ("memory-safe") {
            let words := mload(0x40)
            mstore(words, typeHash)
            mstore(add(words, 0x20), channelId)
            mstore(add(words, 0x40), maxClaimableAmount)
            mstore(add(words, 0x60), totalClaimed)
            hash := keccak256(words, 0x80)
        }
    }
}
