// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Head, Leg} from "./DealTypes.sol";

/// @title DealHashing
/// @notice EIP-712 struct hashes of a deal, and its terms as bytes.
/// @dev Every member of Head and Leg is one static word, so a struct hash is one copy out of calldata and
/// one keccak256. Whole words are hashed: dirty upper bits give another hash, and every narrow member is
/// range-checked when it is read.
library DealHashing {
    /// @notice Bytes of a Head.
    uint256 internal constant HEAD_BYTES = 13 * 32;

    /// @notice Bytes of a Leg.
    uint256 internal constant LEG_BYTES = 19 * 32;

    bytes32 private constant _HEAD_TYPEHASH = keccak256(
        "Head(address client,uint256 clientAgentId,uint32 clientAgentEpoch,address token,address arbiter,uint32 rulingTime,uint16 deadlockBps,uint16 arbiterFeeBps,address feeReceiver,uint16 feeBps,uint40 openBy,uint40 joinBy,bytes32 docHash)"
    );
    bytes32 private constant _LEG_TYPEHASH = keccak256(
        "Leg(address payee,uint256 agentId,uint32 agentEpoch,bytes32 tag,uint128 amount,uint128 bond,uint128 penaltyMax,uint40 due,uint32 grace,uint32 review,uint16 silenceBps,bytes32 criteriaHash,address standby,uint256 standbyAgentId,uint32 standbyAgentEpoch,uint128 retainer,uint128 standbyBond,uint32 callWindow,uint32 standbyTime)"
    );
    bytes32 private constant _DEAL_TERMS_TYPEHASH = keccak256(
        "DealTerms(Head head,Leg[] legs)Head(address client,uint256 clientAgentId,uint32 clientAgentEpoch,address token,address arbiter,uint32 rulingTime,uint16 deadlockBps,uint16 arbiterFeeBps,address feeReceiver,uint16 feeBps,uint40 openBy,uint40 joinBy,bytes32 docHash)Leg(address payee,uint256 agentId,uint32 agentEpoch,bytes32 tag,uint128 amount,uint128 bond,uint128 penaltyMax,uint40 due,uint32 grace,uint32 review,uint16 silenceBps,bytes32 criteriaHash,address standby,uint256 standbyAgentId,uint32 standbyAgentEpoch,uint128 retainer,uint128 standbyBond,uint32 callWindow,uint32 standbyTime)"
    );

    /// @notice hashStruct of a Head.
    function hashHead(Head calldata head) internal pure returns (bytes32 hash) {
        bytes32 typeHash = _HEAD_TYPEHASH;
        assembly ("memory-safe") {
            let p := mload(0x40)
            mstore(p, typeHash)
            calldatacopy(add(p, 0x20), head, HEAD_BYTES)
            hash := keccak256(p, add(HEAD_BYTES, 0x20))
        }
    }

    /// @notice hashStruct of a Leg.
    function hashLeg(Leg calldata leg) internal pure returns (bytes32 hash) {
        bytes32 typeHash = _LEG_TYPEHASH;
        assembly ("memory-safe") {
            let p := mload(0x40)
            mstore(p, typeHash)
            calldatacopy(add(p, 0x20), leg, LEG_BYTES)
            hash := keccak256(p, add(LEG_BYTES, 0x20))
        }
    }

    /// @notice Hash of the array of legs, of all of them.
    function hashLegs(Leg[] calldata legs) internal pure returns (bytes32 hash) {
        bytes32 typeHash = _LEG_TYPEHASH;
        assembly ("memory-safe") {
            // the hashes in a row, then room to put each leg behind its type hash
            let row := mload(0x40)
            let rowBytes := shl(5, legs.length)
            let room := add(row, rowBytes)
            mstore(room, typeHash)
            let leg := legs.offset
            for { let p := row } lt(p, room) { p := add(p, 0x20) } {
                calldatacopy(add(room, 0x20), leg, LEG_BYTES)
                mstore(p, keccak256(room, add(LEG_BYTES, 0x20)))
                leg := add(leg, LEG_BYTES)
            }
            hash := keccak256(row, rowBytes)
        }
    }

    /// @notice Hash of the array of legs, of one of them and the hashes of the others in their order.
    /// @param leg The leg.
    /// @param i Its index, which is `siblings.length` at most.
    /// @param siblings The other legs' hashes.
    function hashLegs(Leg calldata leg, uint256 i, bytes32[] calldata siblings)
        internal
        pure
        returns (bytes32 hash)
    {
        bytes32 legHash = hashLeg(leg);
        assembly ("memory-safe") {
            let row := mload(0x40)
            let before := shl(5, i)
            let rowBytes := shl(5, siblings.length)
            calldatacopy(row, siblings.offset, before)
            mstore(add(row, before), legHash)
            calldatacopy(add(add(row, before), 0x20), add(siblings.offset, before), sub(rowBytes, before))
            hash := keccak256(row, add(rowBytes, 0x20))
        }
    }

    /// @notice hashStruct of DealTerms.
    function hashTerms(bytes32 headHash, bytes32 legsHash) internal pure returns (bytes32) {
        return keccak256(abi.encode(_DEAL_TERMS_TYPEHASH, headHash, legsHash));
    }

    /// @notice The terms verbatim: the words of the head, then those of each leg.
    function termsBytes(Head calldata head, Leg[] calldata legs) internal pure returns (bytes memory terms) {
        terms = new bytes(HEAD_BYTES + LEG_BYTES * legs.length);
        assembly ("memory-safe") {
            calldatacopy(add(terms, 0x20), head, HEAD_BYTES)
            calldatacopy(add(terms, add(0x20, HEAD_BYTES)), legs.offset, mul(LEG_BYTES, legs.length))
        }
    }

    /// @notice Calldata for a function of another contract whose parameters are a head and legs.
    /// @param selector The function.
    function termsCall(bytes4 selector, Head calldata head, Leg[] calldata legs)
        internal
        pure
        returns (bytes memory data)
    {
        uint256 legsAt = HEAD_BYTES + 32;
        data = new bytes(4 + legsAt + 32 + LEG_BYTES * legs.length);
        assembly ("memory-safe") {
            let p := add(data, 0x20)
            mstore(p, selector)
            p := add(p, 4)
            calldatacopy(p, head, HEAD_BYTES)
            mstore(add(p, HEAD_BYTES), legsAt)
            p := add(p, legsAt)
            mstore(p, legs.length)
            calldatacopy(add(p, 0x20), legs.offset, mul(LEG_BYTES, legs.length))
        }
    }
}
